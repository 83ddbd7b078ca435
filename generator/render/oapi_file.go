package render

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"text/template"
)

// goFile is a file of package api with these declarations.
func goFile(declarations string) ([]byte, error) {
	source, err := goSource([]byte("package api\n\n"+declarations), "")
	if err != nil {
		return nil, err
	}
	return squeeze(source), nil
}

// squeeze drops blank lines that follow one another, and those that open a block: templates leave them.
func squeeze(source []byte) []byte {
	var out bytes.Buffer
	var last []byte
	inRaw := false
	for line := range bytes.Lines(source) {
		blank := len(bytes.TrimSpace(line)) == 0
		opens := bytes.HasSuffix(bytes.TrimSpace(last), []byte("{")) || bytes.HasSuffix(bytes.TrimSpace(last), []byte("("))
		if inRaw || !blank || len(bytes.TrimSpace(last)) > 0 && !opens {
			out.Write(line)
		}
		if bytes.Count(line, []byte("`"))%2 == 1 && !bytes.HasPrefix(bytes.TrimSpace(line), []byte("//")) {
			inRaw = !inRaw
		}
		last = line
	}
	return out.Bytes()
}

// packedLine is how many characters of the packed document a line of source holds.
const packedLine = 120

// packed declares the document as the server keeps it.
func packed(t *template.Template, document []byte) (string, error) {
	lines, err := pack(document)
	if err != nil {
		return "", err
	}
	return apply(t, "document.gen.go.tmpl", lines)
}

// pack is the document in gzip and base64, in lines. The same document gives the same lines.
func pack(document []byte) ([]string, error) {
	var zipped bytes.Buffer
	w, err := gzip.NewWriterLevel(&zipped, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(document); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	text := base64.StdEncoding.EncodeToString(zipped.Bytes())
	var lines []string
	for len(text) > packedLine {
		lines = append(lines, text[:packedLine])
		text = text[packedLine:]
	}
	return append(lines, text), nil
}
