package project

// Fix is a security fix in a package that every project has.
type Fix struct {
	// Folder is the package's, such as internal/web.
	Folder string
	// Since is the first release of gen with the fix, such as v1.2.0.
	Since string
	// Text is a sentence: what could happen without it.
	Text string
}

// Fixes are all security fixes so far. There has been none.
func Fixes() []Fix { return nil }
