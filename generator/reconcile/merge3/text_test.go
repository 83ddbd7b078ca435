package merge3_test

import (
	"testing"

	"gen/generator/reconcile/merge3"
)

func TestText(t *testing.T) {
	for _, test := range []struct {
		name, base, ours, theirs, merged string
		conflicts                        bool
	}{
		{name: "nothing changed", base: "a\nb\n", ours: "a\nb\n", theirs: "a\nb\n", merged: "a\nb\n"},
		{name: "only the author", base: "a\nb\n", ours: "a\nB\n", theirs: "a\nb\n", merged: "a\nB\n"},
		{name: "only gen", base: "a\nb\n", ours: "a\nb\n", theirs: "a\nb\nc\n", merged: "a\nb\nc\n"},
		{name: "both, apart", base: "a\nb\nc\n", ours: "A\nb\nc\n", theirs: "a\nb\nC\n", merged: "A\nb\nC\n"},
		{name: "both, the same", base: "a\nb\nc\nd\n", ours: "a\nB\nc\nd\n", theirs: "a\nB\nc\n", merged: "a\nB\nc\n"},
		{name: "the author deleted, gen added", base: "a\nb\nc\nd\n", ours: "b\nc\nd\n", theirs: "a\nb\nc\nd\ne\n", merged: "b\nc\nd\ne\n"},
		{
			name: "both, the same line", base: "a\nb\nc\n", ours: "a\nmine\nc\n", theirs: "a\nnew\nc\n", conflicts: true,
			merged: "a\n<<<<<<< yours\nmine\n=======\nnew\n>>>>>>> gen\nc\n",
		},
		{
			name: "lines that touch", base: "a\nb\n", ours: "A\nb\n", theirs: "a\nB\n", conflicts: true,
			merged: "<<<<<<< yours\nA\nb\n=======\na\nB\n>>>>>>> gen\n",
		},
		{
			name: "a deleted line that gen changed", base: "a\nb\nc\n", ours: "a\nc\n", theirs: "a\nB\nc\n", conflicts: true,
			merged: "a\n<<<<<<< yours\n=======\nB\n>>>>>>> gen\nc\n",
		},
		{
			name: "what both have in common stands outside of the markers", base: "a\nz\n", conflicts: true,
			ours: "a\n1\n2\n3\nz\n", theirs: "a\n1\ntwo\n3\nz\n",
			merged: "a\n1\n<<<<<<< yours\n2\n=======\ntwo\n>>>>>>> gen\n3\nz\n",
		},
		{name: "lines that repeat", base: "{\n}\n{\n}\n", ours: "{\nx\n}\n{\n}\n", theirs: "{\n}\n{\n}\nend\n", merged: "{\nx\n}\n{\n}\nend\n"},
		{name: "CRLF of the author", base: "a\nb\nc\n", ours: "a\r\nb\r\nc\r\n", theirs: "a\nb\nc\nd\n", merged: "a\r\nb\r\nc\r\nd\r\n"},
		{name: "one odd ending stays", base: "a\nb\nc\n", ours: "a\nb\r\nc\n", theirs: "0\na\nb\nc\n", merged: "0\na\nb\r\nc\n"},
		{name: "no newline at the author's end", base: "a\nb\nc\n", ours: "a\nb\nc", theirs: "A\nb\nc\n", merged: "A\nb\nc"},
		{name: "gen adds after it", base: "a\nb\nc\n", ours: "0\na\nb\nc", theirs: "a\nb\nc\nd\n", merged: "0\na\nb\nc\nd"},
		{name: "the author emptied the file", base: "a\n", ours: "", theirs: "a\n", merged: ""},
		{
			name: "the author emptied it, gen went on", base: "a\n", ours: "", theirs: "b\n", conflicts: true,
			merged: "<<<<<<< yours\n=======\nb\n>>>>>>> gen\n",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			merged, conflicts := merge3.Text([]byte(test.base), []byte(test.ours), []byte(test.theirs))
			if string(merged) != test.merged || conflicts != test.conflicts {
				t.Errorf("got %q, conflicts %t, want %q, %t", merged, conflicts, test.merged, test.conflicts)
			}
		})
	}
}
