// Package report makes figures of what the store has counted. It is pure.
package report
