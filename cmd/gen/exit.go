package main

import "fmt"

// exitDrift says that the project is not what gen would write.
const exitDrift = 1

// codeError ends gen with a code of its own, when all is said already.
type codeError int

func (c codeError) Error() string { return fmt.Sprintf("exit code %d", int(c)) }
