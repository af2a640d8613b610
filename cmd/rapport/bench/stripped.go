package bench

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// strippedSize is the size of this binary without symbols and debug data, in
// bytes, whether or not it was built with them.
func strippedSize() (int64, error) {
	path, err := os.Executable()
	if err != nil {
		return 0, err
	}
	f, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	spare, err := symbolBytes(f)
	return info.Size() - spare, err
}

// The heads of a binary as the ELF format lays them out for 64 bits, as far as they
// are read here. debug/elf reads them too, and with it what unpacks debug data: an
// eighth of a megabyte of program to measure the program.
type (
	elfHead struct {
		Magic                                     [16]byte
		_, _                                      uint16 // type, machine
		_                                         uint32 // version
		_, _                                      uint64 // entry, program headers
		Sections                                  uint64
		_                                         uint32 // flags
		_, _, _                                   uint16 // own size, that and number of program headers
		SectionSize, SectionCount, SectionOfNames uint16
	}
	elfSection struct {
		Name, Type   uint32
		_, _         uint64 // flags, address
		Offset, Size uint64
		_, _         uint32 // link, info
		_, _         uint64 // alignment, size of an entry
	}
)

// symbolBytes is how many bytes of a binary are symbols and debug data.
func symbolBytes(binaryFile io.ReaderAt) (int64, error) {
	var head elfHead
	if err := readAt(binaryFile, 0, &head); err != nil {
		return 0, err
	}
	const sixtyFour, littleEnd = 2, 1
	if !bytes.HasPrefix(head.Magic[:], []byte{0x7f, 'E', 'L', 'F', sixtyFour, littleEnd}) ||
		int(head.SectionSize) != binary.Size(elfSection{}) || head.SectionOfNames >= head.SectionCount {
		return 0, errors.New("only binaries of 64-bit Linux can be measured")
	}
	sections := make([]elfSection, head.SectionCount)
	if err := readAt(binaryFile, head.Sections, sections); err != nil {
		return 0, err
	}
	list := sections[head.SectionOfNames]
	names := make([]byte, min(list.Size, 1<<16))
	if err := readAt(binaryFile, list.Offset, names); err != nil {
		return 0, err
	}
	var size int64
	for _, s := range sections {
		name, _, _ := strings.Cut(string(names[min(int(s.Name), len(names)):]), "\x00")
		if name == ".symtab" || name == ".strtab" || strings.HasPrefix(name, ".debug_") || strings.HasPrefix(name, ".zdebug_") {
			size += int64(s.Size)
		}
	}
	return size, nil
}

// readAt fills into from the bytes at an offset.
func readAt(r io.ReaderAt, offset uint64, into any) error {
	err := binary.Read(io.NewSectionReader(r, int64(offset), int64(binary.Size(into))), binary.LittleEndian, into)
	if err != nil {
		return fmt.Errorf("read the binary's sections: %w", err)
	}
	return nil
}
