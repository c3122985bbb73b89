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
}
