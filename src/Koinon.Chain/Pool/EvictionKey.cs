using Koinon.Primitives;

namespace Koinon.Chain.Pool;

/// <summary>Who leaves a full pool first: what stands behind a gap, then who pays least, then who came last.</summary>
/// <param name="IsReady">Whether the transaction could stand in the next block.</param>
/// <param name="Fee">Its highest fee.</param>
/// <param name="Sequence">When it came.</param>
/// <param name="Queue">The sender's queue, whose last transaction it is.</param>
internal sealed record EvictionKey(bool IsReady, UInt256 Fee, ulong Sequence, SenderQueue Queue)
    : IComparable<EvictionKey>
{
    public int CompareTo(EvictionKey? other)
    {
        if (other is null)
        {
            return 1;
        }

        int order = IsReady.CompareTo(other.IsReady);
        order = order != 0 ? order : Fee.CompareTo(other.Fee);
        return order != 0 ? order : other.Sequence.CompareTo(Sequence);
    }
}
