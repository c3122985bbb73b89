using System.Runtime.CompilerServices;

namespace Koinon.State.Tries;

/// <summary>The 16 children of a branch, in place.</summary>
[InlineArray(Length)]
internal struct ChildArray
{
    /// <summary>One for each value of a nibble.</summary>
    internal const int Length = 16;

    private TrieNode? _first;
}
