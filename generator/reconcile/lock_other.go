//go:build !unix

package reconcile

// Lock does nothing where folders cannot be locked.
func Lock(string, bool) (unlock func(), err error) { return func() {}, nil }
