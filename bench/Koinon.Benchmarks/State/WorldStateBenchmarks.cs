using BenchmarkDotNet.Attributes;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.State;

namespace Koinon.Benchmarks.State;

/// <summary>A state of 100,000 accounts, one of which has 100,000 slots: reads, and a block's worth of changes.
/// </summary>
public class WorldStateBenchmarks
{
    private const int Count = 100_000;

    private readonly Address[] _addresses = new Address[Count];
    private readonly UInt256[] _slots = new UInt256[Count];
    private WorldState _state = WorldState.Empty;
    private int _round;

    [GlobalSetup]
    public void Setup()
    {
        Random random = new(1);
        byte[] word = new byte[UInt256.Size];
        StateChanges changes = new();
        for (int i = 0; i < Count; i++)
        {
            random.NextBytes(word);
            _addresses[i] = new Address(word.AsSpan(0, Address.Size));
            _slots[i] = UInt256.FromBigEndian(word);
            changes.Of(_addresses[i]).Account = new Account((ulong)i, (ulong)i, Account.NoCode);
            changes.Of(_addresses[0]).Slots[_slots[i]] = (ulong)i + 1;
        }

        _state = WorldState.Empty.Apply(changes);
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public void ReadSlot()
    {
        for (int i = 0; i < Count; i++)
        {
            _state.ReadSlot(_addresses[0], _slots[i], out _);
        }
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public void ReadAccount()
    {
        for (int i = 0; i < Count; i++)
        {
            _state.ReadAccount(_addresses[i], out _);
        }
    }

    /// <summary>What 1,000 token transfers leave behind: 2,000 slots of one contract, 1,000 senders; root included.
    /// </summary>
    [Benchmark]
    public WorldState ApplyThousandTransfers()
    {
        StateChanges changes = new();
        _round++;
        changes.Of(_addresses[0]).Account = new Account(0, 0, Account.NoCode);
        for (int i = 0; i < 2_000; i++)
        {
            changes.Of(_addresses[0]).Slots[_slots[((i * 37) + (_round * 79)) % Count]] = (ulong)(_round + i);
        }

        for (int i = 0; i < 1_000; i++)
        {
            Address sender = _addresses[1 + (((i * 41) + (_round * 101)) % (Count - 1))];
            changes.Of(sender).Account = new Account((ulong)_round, (ulong)i, Account.NoCode);
        }

        return _state = _state.Apply(changes);
    }
}
