using Koinon.Primitives;

namespace Koinon.Evm;

/// <summary>Hashes of the blocks before the one that is executed.</summary>
public interface IBlockHashes
{
    /// <summary>The hash of an ancestor.</summary>
    /// <param name="number">The ancestor's number; the EVM asks only for the 256 before the current block.</param>
    /// <param name="hash">Its hash where it is known.</param>
    bool TryGet(ulong number, out Hash256 hash);

    /// <summary>Whether there is a hash that is not known here and must be fetched first: of a forked remote chain.
    /// </summary>
    /// <param name="number">A number that <see cref="TryGet"/> does not know.</param>
    bool IsUnavailable(ulong number) => false;
}
