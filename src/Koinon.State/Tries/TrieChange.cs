using System.Runtime.InteropServices;

namespace Koinon.State.Tries;

/// <summary>One change of a list: where its key and value stand in the list's bytes.</summary>
/// <param name="Prefix">The key's first 8 bytes as a big-endian number, zeros where it is shorter: most comparisons
/// end here.</param>
/// <param name="KeyStart">Where the key begins; the value follows it.</param>
/// <param name="KeyLength">Bytes of the key.</param>
/// <param name="ValueLength">Bytes of the value; 0 removes the key.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TrieChange(ulong Prefix, int KeyStart, int KeyLength, int ValueLength);
