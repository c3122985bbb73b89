using System.Diagnostics.CodeAnalysis;
using Koinon.Primitives;

namespace Koinon.Chain.Ledger;

/// <summary>Knows blocks by their hash, on every branch.</summary>
public interface IBlockSource
{
    /// <summary>Finds a block.</summary>
    /// <param name="hash">Its hash.</param>
    /// <param name="block">The block where it is known.</param>
    bool TryGet(in Hash256 hash, [NotNullWhen(true)] out LedgerBlock? block);

    /// <summary>Finds the hash of an ancestor by its number, where that is quicker than going back step by
    /// step.</summary>
    /// <param name="descendant">A block on the branch.</param>
    /// <param name="number">The ancestor's number.</param>
    /// <param name="hash">Its hash.</param>
    /// <returns><see langword="false"/> where the descendant is not canonical: go on with its parent.</returns>
    bool TryGetHash(LedgerBlock descendant, ulong number, out Hash256 hash);

    /// <summary>Whether the hash of an ancestor must be fetched first: one below the fork of a remote chain.</summary>
    /// <param name="number">The ancestor's number.</param>
    bool IsHashUnavailable(ulong number) => false;
}
