namespace Koinon.Chain.Ledger;

/// <summary>The blocks that were refused last, a few of them.</summary>
/// <remarks>Safe from any thread; bounded in number and in bytes.</remarks>
public sealed class RefusedBlocks
{
    private const int BlocksMax = 10;
    private const long BytesMax = 32L << 20;

    private readonly Lock _gate = new();
    private readonly Queue<RefusedBlock> _blocks = [];
    private long _bytes;

    /// <summary>What is kept, the newest first.</summary>
    public IReadOnlyList<RefusedBlock> List()
    {
        lock (_gate)
        {
            return [.. _blocks.Reverse()];
        }
    }

    /// <summary>Keeps a block, unless it is known already or nothing can be said about it yet.</summary>
    /// <param name="refused">The block, and why it was refused.</param>
    internal void Note(RefusedBlock refused)
    {
        bool isFault = refused.Verdict.Error is not (BlockError.ParentUnknown or BlockError.ParentZero
            or BlockError.ParentStateUnavailable or BlockError.StateUnavailable);
        if (!isFault)
        {
            return;
        }

        lock (_gate)
        {
            if (_blocks.Any(known => known.Hash == refused.Hash))
            {
                return;
            }

            _blocks.Enqueue(refused);
            _bytes += refused.Block.Size;
            while (_blocks.Count > BlocksMax || (_bytes > BytesMax && _blocks.Count > 1))
            {
                _bytes -= _blocks.Dequeue().Block.Size;
            }
        }
    }
}
