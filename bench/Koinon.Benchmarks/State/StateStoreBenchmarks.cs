using BenchmarkDotNet.Attributes;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.State;
using Koinon.State.Stored;
using Koinon.Storage;

namespace Koinon.Benchmarks.State;

/// <summary>Blocks written to a stored state, in memory and on disk: of one transfer with the two contracts that every
/// block calls, and of 1,000 changed slots; roots, history and pruning included.</summary>
public class StateStoreBenchmarks : IDisposable
{
    private const int Slots = 100_000;
    private const uint RingLength = 8_191;

    private static readonly Address Token = Address.FromWord(1);
    private static readonly Address Beacon = Address.FromWord(2);
    private static readonly Address Hashes = Address.FromWord(3);

    private readonly Random _random = new(1);
    private readonly UInt256[] _slots = new UInt256[Slots];
    private Address[] _addresses = [];
    private IStore _store = new MemoryStore([]);
    private StateStore _states = null!;
    private string? _directory;
    private ulong _number;

    /// <summary>How many accounts there are.</summary>
    [Params(20, 1_000_000)]
    public int Accounts { get; set; }

    /// <summary>Whether the store is on disk.</summary>
    [Params(false, true)]
    public bool OnDisk { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _store = OnDisk ? OpenOnDisk() : new MemoryStore(StateStore.Tables);
        _states = new StateStore(_store, new StateStoreOptions { HistoryBlocks = 128 });
        _addresses = new Address[Accounts];
        StateChanges changes = new();
        byte[] word = new byte[UInt256.Size];
        for (int i = 0; i < Accounts; i++)
        {
            _random.NextBytes(word);
            _addresses[i] = new Address(word.AsSpan(0, Address.Size));
            changes.Of(_addresses[i]).Account = new Account(0, UInt256.One << 80, Account.NoCode);
        }

        foreach (Address contract in (Address[])[Token, Beacon, Hashes])
        {
            changes.Of(contract).Account = new Account(1, 0, Account.NoCode);
        }

        for (int i = 0; i < Slots; i++)
        {
            _random.NextBytes(word);
            _slots[i] = UInt256.FromBigEndian(word);
            changes.Of(Token).Slots[_slots[i]] = (ulong)i + 1;
        }

        WorldState genesis = WorldState.Empty.Apply(changes);
        using (IWriteTransaction transaction = _store.BeginWrite())
        {
            _states.Initialise(transaction, 0, genesis);
            transaction.Commit();
        }

        _states.Published();
        _number = 0;
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _store.Dispose();
        if (_directory is not null)
        {
            Directory.Delete(_directory, recursive: true);
        }

        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public void WriteBlockOfOneTransfer() => WriteBlock(slots: 0);

    [Benchmark]
    public void WriteBlockOfThousandSlots() => WriteBlock(slots: 1_000);

    [Benchmark]
    public ReadStatus ReadNewestAccount() =>
        _states.Newest.ReadAccount(_addresses[_random.Next(Accounts)], out _);

    [Benchmark]
    public ReadStatus ReadNewestSlot() => _states.Newest.ReadSlot(Token, _slots[_random.Next(Slots)], out _);

    [Benchmark]
    public ReadStatus ReadSlotAsOfAnOlderBlock() =>
        _states.At(_states.OldestState)!.ReadSlot(Token, _slots[_random.Next(Slots)], out _);

    private IStore OpenOnDisk()
    {
        _directory = Directory.CreateTempSubdirectory("koinon-bench-").FullName;
        return LmdbStore.Open(new LmdbOptions
        {
            Directory = _directory,
            Tables = StateStore.Tables,
            Durability = LmdbDurability.Normal,
            MapBytes = 1L << 36,
        });
    }

    private void WriteBlock(int slots)
    {
        _number++;
        WorldState parent = _states.Newest;
        StateChanges changes = new();
        Address from = _addresses[_random.Next(Accounts)];
        parent.ReadAccount(in from, out Account sender);
        changes.Of(in from).Account = sender with { Nonce = sender.Nonce + 1, Balance = sender.Balance - 1_000 };
        Address to = _addresses[_random.Next(Accounts)];
        if (to != from)
        {
            parent.ReadAccount(in to, out Account receiver);
            changes.Of(in to).Account = receiver with { Balance = receiver.Balance + 900 };
        }

        changes.Of(Address.Zero).Account = new Account(0, _number * 100, Account.NoCode);
        AccountChange beacon = changes.Of(Beacon);
        beacon.Account = new Account(1, 0, Account.NoCode);
        beacon.Slots[_number % RingLength] = 1_700_000_000 + _number;
        beacon.Slots[RingLength + (_number % RingLength)] = _slots[_random.Next(Slots)];
        AccountChange hashes = changes.Of(Hashes);
        hashes.Account = new Account(1, 0, Account.NoCode);
        hashes.Slots[_number % RingLength] = _slots[_random.Next(Slots)];
        if (slots > 0)
        {
            AccountChange token = changes.Of(Token);
            token.Account = new Account(1, 0, Account.NoCode);
            for (int i = 0; i < slots; i++)
            {
                token.Slots[_slots[_random.Next(Slots)]] = _number + (ulong)i;
            }
        }

        WorldState result = parent.Apply(changes);
        using (IWriteTransaction transaction = _store.BeginWrite())
        {
            _states.Append(transaction, _number, changes, result);
            _states.Prune(transaction, 4);
            transaction.Commit();
        }

        _states.Published();
    }
}
