package dev

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"
)

// fingerprint changes when the bytes of one of the files do, or when one comes or goes.
func fingerprint(files []string) string {
	sum := sha256.New()
	for _, file := range files {
		data, err := os.ReadFile(file) //nolint:gosec // the document that the user named
		fmt.Fprintf(sum, "%s %t %d\n", file, err == nil, len(data))
		sum.Write(data)
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// stamps changes when code in a folder does, by the times and sizes of its files: reading it all would be
// too much for every tick.
func stamps(dir string) string {
	var all strings.Builder
	root := os.DirFS(dir)
	_ = fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return nil //nolint:nilerr // what goes away in the meantime is seen at the next tick
		case entry.IsDir() && name != "." && strings.HasPrefix(entry.Name(), "."):
			return fs.SkipDir
		case entry.IsDir(), !isCode(name):
			return nil
		}
		if info, err := fs.Stat(root, name); err == nil {
			fmt.Fprintf(&all, "%s %d %d\n", name, info.ModTime().UnixNano(), info.Size())
		}
		return nil
	})
	return all.String()
}

// isCode tells what goes into a program from what it makes, its database above all.
func isCode(name string) bool {
	switch path.Ext(name) {
	case ".go", ".mod", ".sum", ".sql", ".html", ".css", ".js", ".svg":
		return true
	}
	return false
}
