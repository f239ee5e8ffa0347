import { PartialType } from '@nestjs/swagger';
import {
  IsBoolean,
  IsDecimal,
  IsInt,
  IsISO8601,
  IsNotEmpty,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';

export class CreateProductDto {
  @IsString()
  @IsNotEmpty()
  @MaxLength(255)
  title: string;

  @IsString()
  @IsNotEmpty()
  @MaxLength(40)
  sku: string;

  @IsOptional()
  @IsString()
  description?: string | null;

  @IsOptional()
  @IsDecimal({ decimal_digits: '0,2' })
  price?: string | null;

  @IsInt()
  @Min(-2_147_483_648)
  @Max(2_147_483_647)
  stock: number;

  @IsOptional()
  @IsBoolean()
  active?: boolean;

  @IsOptional()
  @Matches(/^\d{4}-\d{2}-\d{2}$/)
  @IsISO8601({ strict: true })
  releasedOn?: string | null;

  @IsOptional()
  @IsISO8601({ strict: true })
  updatedAt?: string | null;

  @IsOptional()
  @IsInt()
  categoryId?: number | null;
}

export class UpdateProductDto extends PartialType(CreateProductDto) {}
