-- The tables, one a resource. This file runs at each start: whatever is in it must be able to run
-- again. A column that it gains is added to tables that are there already.

-- /products and /products/{productId}
CREATE TABLE IF NOT EXISTS products (
	path     TEXT    PRIMARY KEY, -- its key
	parent   TEXT    NOT NULL DEFAULT '',
	seq      INTEGER NOT NULL UNIQUE, -- the order of creation
	version  INTEGER NOT NULL,
	created  TEXT    NOT NULL,
	updated  TEXT    NOT NULL,
	data     TEXT    NOT NULL CHECK (json_valid(data))
);

-- /users and /users/{userId}
CREATE TABLE IF NOT EXISTS users (
	path     TEXT    PRIMARY KEY, -- its key
	parent   TEXT    NOT NULL DEFAULT '',
	seq      INTEGER NOT NULL UNIQUE, -- the order of creation
	version  INTEGER NOT NULL,
	created  TEXT    NOT NULL,
	updated  TEXT    NOT NULL,
	data     TEXT    NOT NULL CHECK (json_valid(data)),
	password TEXT
);
CREATE UNIQUE INDEX IF NOT EXISTS users_name ON users (data ->> 'name');
