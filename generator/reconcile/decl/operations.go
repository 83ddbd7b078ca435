package decl

// Method is the method of an operation.
type Method struct {
	File string
	Line int
	// Text is all of it, with the comment above it.
	Text string
}

// Operations are the methods of operations in Go files, by name.
func Operations(files map[string][]byte) map[string]Method {
	found := map[string]Method{}
	for _, f := range parse(files).files {
		for _, u := range f.units {
			if u.operation && !f.broken {
				found[u.name] = Method{f.name, f.place(u.node).Line, u.text}
			}
		}
	}
	return found
}
