-- The tables, one a resource. This file runs at the first start after it changed, in one transaction:
-- whatever is in it must be able to run again. A column that it gains is added to tables that are there
-- already. To make an index of a large table while it is in use, make it by hand before, under the same
-- name, with CREATE INDEX CONCURRENTLY.
--
-- _text, _number and _instant are functions of internal/store: its queries use an index that is on the same
-- expression. Texts sort as bytes.

-- /users and /users/{userId}
CREATE TABLE IF NOT EXISTS users (
	path     TEXT   COLLATE "C" PRIMARY KEY, -- its key
	parent   TEXT   COLLATE "C" NOT NULL DEFAULT '',
	seq      BIGINT NOT NULL UNIQUE, -- the order of creation
	version  BIGINT NOT NULL,
	created  TEXT   NOT NULL,
	updated  TEXT   NOT NULL,
	data     JSONB  NOT NULL,
	password TEXT
);
CREATE UNIQUE INDEX IF NOT EXISTS users_name ON users (_text(data -> 'name') COLLATE "C");

-- /posts, /posts/{postId} and /posts/{postId}/publish
CREATE TABLE IF NOT EXISTS posts (
	path     TEXT   COLLATE "C" PRIMARY KEY, -- its key
	parent   TEXT   COLLATE "C" NOT NULL DEFAULT '',
	seq      BIGINT NOT NULL UNIQUE, -- the order of creation
	version  BIGINT NOT NULL,
	created  TEXT   NOT NULL,
	updated  TEXT   NOT NULL,
	data     JSONB  NOT NULL
);
CREATE INDEX IF NOT EXISTS posts_by_status ON posts (_text(data -> 'status') COLLATE "C", seq);
CREATE INDEX IF NOT EXISTS posts_by_tags ON posts USING gin ((data -> 'tags') jsonb_path_ops);
CREATE INDEX IF NOT EXISTS posts_by_created_at ON posts (_instant(data ->> 'createdAt') COLLATE "C", seq);
CREATE INDEX IF NOT EXISTS posts_by_title ON posts (_text(data -> 'title') COLLATE "C", seq);
CREATE INDEX IF NOT EXISTS posts_by_rating ON posts (_number(data -> 'rating'), seq);
CREATE INDEX IF NOT EXISTS posts_by_rating_down ON posts (_number(data -> 'rating') DESC, seq);

-- /posts/{postId}/comments and /posts/{postId}/comments/{commentId}
CREATE TABLE IF NOT EXISTS comments (
	path     TEXT   COLLATE "C" PRIMARY KEY, -- its parents' keys and its own
	parent   TEXT   COLLATE "C" NOT NULL REFERENCES posts (path) ON DELETE CASCADE,
	seq      BIGINT NOT NULL UNIQUE, -- the order of creation
	version  BIGINT NOT NULL,
	created  TEXT   NOT NULL,
	updated  TEXT   NOT NULL,
	data     JSONB  NOT NULL
);
CREATE INDEX IF NOT EXISTS comments_by_parent ON comments (parent, seq);
