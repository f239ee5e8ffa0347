import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** Somebody who writes. An ordinary entity of the application, to which content types may point. */
@Entity('users')
export class User {
  @PrimaryGeneratedColumn()
  id: number;

  @Column({ unique: true })
  email: string;

  @Column({ unique: true })
  token: string;

  /** Admins make content types and publish; the others are authors. */
  @Column({ default: false })
  isAdmin: boolean;
}
