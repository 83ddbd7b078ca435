-- The tables, one a resource. This file runs at each start: whatever is in it must be able to run
-- again. A column that it gains is added to tables that are there already.

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

-- /posts, /posts/{postId} and /posts/{postId}/publish
CREATE TABLE IF NOT EXISTS posts (
	path     TEXT    PRIMARY KEY, -- its key
	parent   TEXT    NOT NULL DEFAULT '',
	seq      INTEGER NOT NULL UNIQUE, -- the order of creation
	version  INTEGER NOT NULL,
	created  TEXT    NOT NULL,
	updated  TEXT    NOT NULL,
	data     TEXT    NOT NULL CHECK (json_valid(data))
);
CREATE INDEX IF NOT EXISTS posts_by_status ON posts (data ->> 'status', seq);

-- /posts/{postId}/comments and /posts/{postId}/comments/{commentId}
CREATE TABLE IF NOT EXISTS comments (
	path     TEXT    PRIMARY KEY, -- its parents' keys and its own
	parent   TEXT    NOT NULL REFERENCES posts (path) ON DELETE CASCADE,
	seq      INTEGER NOT NULL UNIQUE, -- the order of creation
	version  INTEGER NOT NULL,
	created  TEXT    NOT NULL,
	updated  TEXT    NOT NULL,
	data     TEXT    NOT NULL CHECK (json_valid(data))
);
CREATE INDEX IF NOT EXISTS comments_by_parent ON comments (parent, seq);
