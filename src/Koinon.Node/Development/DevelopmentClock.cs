using Koinon.Chain.Building;
using Koinon.Chain.Ledger;
using Koinon.Rpc.Development.Manners;
using Koinon.Rpc.Development.Time;

namespace Koinon.Node.Development;

/// <summary>The one clock of a development chain: the system's time and an offset that users move.</summary>
/// <remarks>
/// <para>The time of a block is the one that was named for it; else its parent's and the interval, where one is set;
/// else the chain's time. It is always after the parent's: a block that would not be comes one second later.</para>
/// <para>A time that was named moves the chain's time to it. What a block was late by (many blocks within one second)
/// moves it in Hardhat's manner, so that time goes on from the last block; in anvil's the blocks wait for the system's
/// time to catch up, and <see cref="Increase"/> counts from the last block all the same.</para>
/// <para>Safe from any thread.</para>
/// </remarks>
/// <param name="time">The system's time.</param>
/// <param name="manner">Whose manners the chain has.</param>
public sealed class DevelopmentClock(TimeProvider time, Manner manner) : IDevelopmentClock, IBlockClock
{
    private readonly Lock _gate = new();
    private long _offset;
    private ulong? _next;
    private ulong? _interval;
    private ulong _lastBlock;
    private DateTimeOffset? _lastMade;

    /// <inheritdoc/>
    public long Offset
    {
        get
        {
            lock (_gate)
            {
                return _offset;
            }
        }
    }

    /// <inheritdoc/>
    public ulong? Interval
    {
        get
        {
            lock (_gate)
            {
                return _interval;
            }
        }

        set
        {
            lock (_gate)
            {
                _interval = value;
            }
        }
    }

    /// <inheritdoc/>
    public DateTimeOffset? LastMade
    {
        get
        {
            lock (_gate)
            {
                return _lastMade;
            }
        }
    }

    /// <inheritdoc/>
    public ulong NextTimestamp(LedgerBlock parent)
    {
        ulong before = parent.Header.Timestamp;
        lock (_gate)
        {
            ulong wanted = _next ?? (_interval is { } interval ? Add(before, interval) : Now());
            return Math.Max(wanted, Add(before, 1));
        }
    }

    /// <inheritdoc/>
    public void Committed(LedgerBlock block)
    {
        ulong timestamp = block.Header.Timestamp;
        lock (_gate)
        {
            bool isAhead = timestamp > Now();
            bool wasNamed = _next == timestamp;
            if (wasNamed || (isAhead && (manner == Manner.Hardhat || _interval is not null)))
            {
                MoveTo(timestamp);
            }

            _next = null;
            _lastBlock = timestamp;
            _lastMade = time.GetUtcNow();
        }
    }

    /// <inheritdoc/>
    public long Increase(ulong seconds)
    {
        lock (_gate)
        {
            MoveTo(Add(Math.Max(Now(), _lastBlock), seconds));
            return _offset;
        }
    }

    /// <inheritdoc/>
    public void SetNext(ulong timestamp)
    {
        lock (_gate)
        {
            _next = timestamp;
        }
    }

    /// <inheritdoc/>
    public long Set(ulong timestamp)
    {
        lock (_gate)
        {
            MoveTo(timestamp);
            _next = null;
            return _offset;
        }
    }

    /// <summary>What the clock says now.</summary>
    internal ClockState Save()
    {
        lock (_gate)
        {
            return new ClockState(Now(), _next, _interval);
        }
    }

    /// <summary>Says again what it said then: the time that has passed since did not pass for the chain.</summary>
    /// <param name="state">What it said.</param>
    /// <param name="head">The block that is the head again.</param>
    internal void Restore(in ClockState state, LedgerBlock head)
    {
        lock (_gate)
        {
            MoveTo(state.Time);
            _next = state.Next;
            _interval = state.Interval;
            _lastBlock = head.Header.Timestamp;
        }
    }

    /// <summary>Goes on from a block's time, after what came behind it was given up.</summary>
    internal void Rewind(LedgerBlock head)
    {
        lock (_gate)
        {
            MoveTo(head.Header.Timestamp);
            _next = null;
            _lastBlock = head.Header.Timestamp;
        }
    }

    /// <summary>Begins with a chain.</summary>
    /// <param name="head">Its last block.</param>
    /// <param name="followsHead">
    /// Whether time goes on from that block: its time was named, or it was loaded from a file.
    /// </param>
    internal void Begin(LedgerBlock head, bool followsHead)
    {
        lock (_gate)
        {
            _lastBlock = head.Header.Timestamp;
            if (followsHead || (manner == Manner.Hardhat && _lastBlock > Now()))
            {
                MoveTo(_lastBlock);
            }
        }
    }

    /// <summary>Forgets all that it was told.</summary>
    internal void Reset(LedgerBlock head)
    {
        lock (_gate)
        {
            _offset = 0;
            _next = null;
            _interval = null;
            _lastBlock = head.Header.Timestamp;
        }
    }

    private static ulong Add(ulong one, ulong other) => ulong.MaxValue - one < other ? ulong.MaxValue : one + other;

    // Times beyond the range of a signed number stand for its end: no block is as late.
    private void MoveTo(ulong timestamp) => _offset = (long)Math.Min(timestamp, long.MaxValue) - SystemTime();

    private ulong Now()
    {
        Int128 now = (Int128)SystemTime() + _offset;
        return now < 0 ? 0 : (ulong)now;
    }

    private long SystemTime() => time.GetUtcNow().ToUnixTimeSeconds();
}
