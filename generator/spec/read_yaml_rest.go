package spec

import (
	"bytes"
	"regexp"

	"gopkg.in/yaml.v3"
)

// maxSyntax is how many syntax errors of a YAML file are looked for behind the first.
const maxSyntax = 20

// yamlRest looks for syntax errors behind one that stopped the parser. It goes on at the next key or
// item that is indented no deeper than the line with the error, and takes all that is at its level or
// deeper for a document of its own.
type yamlRest struct {
	file   string
	data   []byte
	lines  [][]byte
	report *report
	left   int
}

func reportRest(file string, data []byte, first *syntaxError, r *report) {
	rest := &yamlRest{file: file, data: data, lines: bytes.Split(data, []byte("\n")), report: r, left: maxSyntax}
	if first.at.Line > 0 {
		rest.from(first.at.Line, first.at.Column-1)
	}
}

// begins is a line that a part of a document can begin with: a key or an item of a list, of the
// block style.
var begins = regexp.MustCompile(`^ *(- |-$|"[^"]*":( |$)|'[^']*':( |$)|[^ \t#"'\[\]{}&*!|>%@,?-][^#"']*?:( |$))`)

// from goes on behind so many lines, with what is indented no deeper than that.
func (r *yamlRest) from(line, indent int) {
	for r.left > 0 && line < len(r.lines) {
		text := r.lines[line]
		depth := indentation(text)
		switch {
		case bytes.ContainsAny(text[depth:min(depth+1, len(text))], "{}[]") || bytes.HasPrefix(text, []byte("---")):
			return // no use to guess what it belongs to
		case r.blank(line) || depth > indent || !begins.Match(text):
			line++
			continue
		}
		end := r.end(line, depth)
		if err := r.parse(line, end); err != nil {
			r.left--
			r.report.syntax(err)
			line, indent = max(err.at.Line, line+1), err.at.Column-1
			continue
		}
		line, indent = end, depth
	}
}

// end returns the line behind the part that begins at a line.
func (r *yamlRest) end(line, depth int) int {
	item := isItem(r.lines[line])
	for i := line + 1; i < len(r.lines); i++ {
		at := indentation(r.lines[i])
		if !r.blank(i) && (at < depth || at == depth && item && !isItem(r.lines[i])) {
			return i
		}
	}
	return len(r.lines)
}

// parse returns the syntax error of a part of the file, with its place in the file. The anchors of
// its aliases may be elsewhere.
func (r *yamlRest) parse(line, end int) *syntaxError {
	part := bytes.Join(r.lines[line:end], []byte("\n"))
	for range maxSyntax {
		var document yaml.Node
		err := decode(yaml.NewDecoder(bytes.NewReader(part)), &document)
		if err == nil {
			break
		}
		if anchor := unknownAnchor.FindStringSubmatch(err.Error()); anchor != nil {
			part = bytes.ReplaceAll(part, []byte("*"+anchor[1]), []byte("~"))
			continue
		}
		found := yamlError(r.file, part, err)
		found.at.Line += line
		return found
	}
	return nil
}

func (r *yamlRest) blank(line int) bool {
	text := bytes.TrimSpace(r.lines[line])
	return len(text) == 0 || text[0] == '#'
}

func indentation(line []byte) int { return len(line) - len(bytes.TrimLeft(line, " ")) }

func isItem(line []byte) bool { return bytes.HasPrefix(bytes.TrimLeft(line, " "), []byte("-")) }
