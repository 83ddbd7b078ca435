package merge3_test

import (
	"testing"

	"gen/generator/reconcile/merge3"
)

const (
	users = "CREATE TABLE IF NOT EXISTS users (\n\tpath TEXT PRIMARY KEY -- its key\n);\n"
	tags  = "\n-- /tags\nCREATE TABLE IF NOT EXISTS tags (\n\tpath TEXT PRIMARY KEY\n);\n"
	mine  = "\n-- mine\nCREATE INDEX IF NOT EXISTS users_mine ON users (path); -- fast\n"
)

func TestSQL(t *testing.T) {
	const onTags = "\nCREATE INDEX mine ON tags (path);\n"
	for _, test := range []struct {
		name, base, ours, theirs, merged string
		conflicts                        bool
	}{
		{name: "both add at the end", base: users, ours: users + mine, theirs: users + tags, merged: users + tags + mine},
		{name: "the author's without a newline at the end", base: users, ours: users + "CREATE INDEX a ON users (a);", theirs: users + tags, merged: users + tags + "CREATE INDEX a ON users (a);"},
		{name: "the author took the last newline away", base: users, ours: users[:len(users)-1], theirs: users + tags, merged: users + tags[:len(tags)-1]},
		{name: "gen's without a newline at the end", base: users, ours: users + mine, theirs: users + tags[:len(tags)-1], merged: users + tags + mine},
		{name: "both add at the beginning", base: users, ours: mine + users, theirs: tags + users, merged: tags + mine + users},
		{name: "both add to an empty file", base: "", ours: mine, theirs: tags, merged: tags + mine},
		{name: "CRLF of the author", base: "a;\n", ours: "a;\r\nb;\r\n", theirs: "a;\nc;\n", merged: "a;\r\nc;\r\nb;\r\n"},
		{name: "a remark of the author's", base: users, ours: users + "-- The end.\n", theirs: users + tags, merged: users + tags + "-- The end.\n"},
		{name: "gen's last goes, the author's stays", base: users + tags, ours: users + tags + mine, theirs: users, merged: users + mine},
		{name: "gen's first goes", base: tags + users, ours: mine + tags + users, theirs: users, merged: mine + users},
		{name: "the author's last goes, gen adds", base: users + tags, ours: users, theirs: users + tags + mine, merged: users + mine},
		{
			name: "the author's is about what goes", base: users + tags, ours: users + tags + onTags, theirs: users, conflicts: true,
			merged: users + "<<<<<<< yours\n" + tags + onTags + "=======\n>>>>>>> gen\n",
		},
		{name: "both create the same, otherwise", base: users, ours: users + "create table Tags (a);\n", theirs: users + tags, conflicts: true, merged: users + "create table Tags (a);\n"},
		{name: "both create the same, elsewhere", base: users + mine, ours: "CREATE TABLE tags (a);\n" + users + mine, theirs: users + mine + tags, conflicts: true, merged: "CREATE TABLE tags (a);\n" + users + mine},
		{name: "both create the same, alike", base: users, ours: users + tags, theirs: users + tags, merged: users + tags},
		{
			name: "within a statement", base: "CREATE TABLE a (\n\tb,\n\te\n);\n", ours: "CREATE TABLE a (\n\tb,\n\tc,\n\te\n);\n", theirs: "CREATE TABLE a (\n\tb,\n\td,\n\te\n);\n",
			conflicts: true, merged: "CREATE TABLE a (\n\tb,\n<<<<<<< yours\n\tc,\n=======\n\td,\n>>>>>>> gen\n\te\n);\n",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			merged, conflicts := merge3.SQL([]byte(test.base), []byte(test.ours), []byte(test.theirs))
			if string(merged) != test.merged || conflicts != test.conflicts {
				t.Errorf("got %q, conflicts %t, want %q, %t", merged, conflicts, test.merged, test.conflicts)
			}
		})
	}
}

// TestStatementsComeAndGo has gen's statements come to those of the author's, and go again.
func TestStatementsComeAndGo(t *testing.T) {
	for _, ours := range []string{users + mine, mine + users, users + "-- The end.\n", users + mine[:len(mine)-1]} {
		there, conflicts := merge3.SQL([]byte(users), []byte(ours), []byte(users+tags))
		if conflicts {
			t.Errorf("%q: a conflict", ours)
		}
		gone, conflicts := merge3.SQL([]byte(users+tags), there, []byte(users))
		if conflicts || string(gone) != ours {
			t.Errorf("%q becomes %q and then %q, conflicts %t", ours, there, gone, conflicts)
		}
	}
}

func TestLines(t *testing.T) {
	for _, test := range []struct {
		name, base, ours, theirs, merged string
		conflicts                        bool
	}{
		{name: "both add at the end", base: "*.db\n", ours: "*.db\nmine\n", theirs: "*.db\n.run/\n", merged: "*.db\n.run/\nmine\n"},
		{name: "without a newline at the end", base: "*.db\n", ours: "*.db\nmine", theirs: "*.db\n.run/\n", merged: "*.db\n.run/\nmine"},
		{name: "both change the same", base: "a\n", ours: "b\n", theirs: "c\n", conflicts: true, merged: "<<<<<<< yours\nb\n=======\nc\n>>>>>>> gen\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			merged, conflicts := merge3.Lines([]byte(test.base), []byte(test.ours), []byte(test.theirs))
			if string(merged) != test.merged || conflicts != test.conflicts {
				t.Errorf("got %q, conflicts %t, want %q, %t", merged, conflicts, test.merged, test.conflicts)
			}
		})
	}
}

// FuzzSQL looks for a panic and a lost line.
func FuzzSQL(f *testing.F) {
	f.Add(users, users+mine, users+tags)
	f.Add(users+tags, users+tags+mine, users)
	f.Add("a;\n", "a;\r\nb;", "")
	f.Add(" ", "\r\n ", "")
	f.Fuzz(func(t *testing.T, base, ours, theirs string) {
		merged, _ := merge3.SQL([]byte(base), []byte(ours), []byte(theirs))
		checkKept(t, []byte(base), []byte(ours), []byte(theirs), merged)
	})
}
