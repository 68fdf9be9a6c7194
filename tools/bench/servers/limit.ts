import { fastify } from 'fastify';
import pg from 'pg';

/**
 * The limit that a session check is compared with: Fastify, and one row by its primary key. Its address goes to the parent process.
 */
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
const app = fastify();
app.get('/user', async (request) => {
  const { rows } = await pool.query({
    name: 'user',
    text: 'select id, email, name, locale, status, created_at from users where id = $1',
    values: [request.headers['x-user']],
  });
  return rows[0];
});
process.send?.(await app.listen({ host: '127.0.0.1', port: 0 }));
