import { Body, Controller, Get, Param, ParseArrayPipe, ParseIntPipe, Patch, Post, Query } from '@nestjs/common';
import { ListProductsDto } from './list-products.dto.js';
import { CreateProductDto, UpdateProductDto } from './product.dto.js';
import type { Product } from './product.entity.js';
import { type ProductPage, ProductsService } from './products.service.js';

@Controller('products')
export class ProductsController {
  constructor(private readonly products: ProductsService) {}

  @Get()
  list(@Query() query: ListProductsDto): Promise<ProductPage> {
    return this.products.list(query);
  }

  @Get(':id')
  get(@Param('id', ParseIntPipe) id: number): Promise<Product> {
    return this.products.get(id);
  }

  @Post()
  create(@Body() values: CreateProductDto): Promise<Product> {
    return this.products.create(values);
  }

  @Post('bulk')
  createMany(
    @Body(new ParseArrayPipe({ items: CreateProductDto, whitelist: true, forbidNonWhitelisted: true }))
    values: CreateProductDto[],
  ): Promise<Product[]> {
    return this.products.createMany(values);
  }

  @Patch(':id')
  update(@Param('id', ParseIntPipe) id: number, @Body() values: UpdateProductDto): Promise<Product> {
    return this.products.update(id, values);
  }
}
