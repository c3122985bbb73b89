using System.Collections;
using Koinon.Storage;

namespace Koinon.Chain.Ledger;

/// <summary>Many blocks that were given up at once, the highest first: each is read when it is asked for.</summary>
/// <param name="tables">Reads blocks.</param>
/// <param name="snapshot">What the store held while they were canonical.</param>
/// <param name="highest">The number of the highest.</param>
/// <param name="count">How many there are.</param>
internal sealed class GivenUpBlocks(BlockTables tables, IReadTransaction snapshot, ulong highest, int count)
    : IReadOnlyList<LedgerBlock>
{
    private const long PagesOfBlock = 4_096;

    /// <inheritdoc/>
    public int Count => count;

    /// <summary>About how many bytes of the store they keep alive.</summary>
    internal long Weight => PagesOfBlock * count;

    /// <inheritdoc/>
    public LedgerBlock this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, count);
            ulong number = highest - (ulong)index;
            return tables.Read(snapshot, number)
                ?? throw LedgerException.Damaged($"block {number} is missing");
        }
    }

    /// <inheritdoc/>
    public IEnumerator<LedgerBlock> GetEnumerator()
    {
        for (int i = 0; i < count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
