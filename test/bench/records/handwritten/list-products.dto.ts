import { Transform, Type } from 'class-transformer';
import { IsBoolean, IsDecimal, IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';

export class ListProductsDto {
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  page: number = 1;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1000)
  limit: number = 20;

  @IsOptional()
  @IsIn(['exact', 'none'])
  count: 'exact' | 'none' = 'exact';

  @IsOptional()
  @Transform(({ value }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  active?: boolean;

  @IsOptional()
  @IsDecimal()
  minPrice?: string;

  @IsOptional()
  @IsIn(['id', 'price', 'title'])
  sortBy: 'id' | 'price' | 'title' = 'id';

  @IsOptional()
  @IsIn(['category'])
  include?: 'category';
}
