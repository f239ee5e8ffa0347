import { Injectable, NotFoundException } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type FindManyOptions, MoreThanOrEqual, Repository } from 'typeorm';
import type { ListProductsDto } from './list-products.dto.js';
import type { CreateProductDto, UpdateProductDto } from './product.dto.js';
import { Product } from './product.entity.js';

export interface ProductPage {
  readonly data: readonly Product[];
  readonly meta: object;
}

@Injectable()
export class ProductsService {
  constructor(@InjectRepository(Product) private readonly products: Repository<Product>) {}

  async get(id: number): Promise<Product> {
    const product = await this.products.findOneBy({ id });
    if (product === null) throw new NotFoundException(`There is no product ${id}.`);
    return product;
  }

  async list({ page, limit, count, active, minPrice, sortBy, include }: ListProductsDto): Promise<ProductPage> {
    const options: FindManyOptions<Product> = {
      where: {
        ...(active !== undefined && { active }),
        ...(minPrice !== undefined && { price: MoreThanOrEqual(minPrice) }),
      },
      order: sortBy === 'id' ? { id: 'ASC' } : { [sortBy]: 'ASC', id: 'ASC' },
      skip: (page - 1) * limit,
      take: limit,
      ...(include === 'category' && { relations: { category: true } }),
    };
    const meta = { itemsPerPage: limit, currentPage: page };
    if (count === 'none') return { data: await this.products.find(options), meta };
    const [data, totalItems] = await this.products.findAndCount(options);
    return { data, meta: { ...meta, totalItems, totalPages: Math.ceil(totalItems / limit) } };
  }

  create(values: CreateProductDto): Promise<Product> {
    return this.products.save(this.products.create(values));
  }

  createMany(values: CreateProductDto[]): Promise<Product[]> {
    return this.products.save(this.products.create(values));
  }

  async update(id: number, values: UpdateProductDto): Promise<Product> {
    await this.products.update(id, values);
    return this.get(id);
  }
}
