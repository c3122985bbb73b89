using Koinon.Chain.Building;
using Koinon.Chain.Forks;
using Koinon.Chain.Ledger;
using Koinon.Chain.Networks;
using Koinon.Chain.Pool;
using Koinon.Consensus;
using Koinon.Evm;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.Primitives.State;
using Koinon.Primitives.Transactions;
using Koinon.State;
using Koinon.Storage;

namespace Koinon.Chain.Tests;

/// <summary>A small chain of one fork, with rich accounts and system contracts that return nothing.</summary>
internal sealed class TestChain : IDisposable
{
    public const ulong ChainId = 1337;
    public const ulong GasLimit = 200_000_000;

    private static readonly byte[] ReturnsNothing = [0x00];

    private readonly ExecutionResources _resources = new();

    public TestChain(
        string fork,
        IConsensus? consensus = null,
        LedgerOptions? options = null,
        Action<StateChanges>? change = null,
        IStore? store = null)
        : this(RulesOf(fork), consensus, options, change, store)
    {
    }

    public TestChain(
        BlockRules rules,
        IConsensus? consensus = null,
        LedgerOptions? options = null,
        Action<StateChanges>? change = null,
        IStore? store = null)
    {
        NetworkParameters network = new()
        {
            ChainId = ChainId,
            Activations = [new ForkActivation(ActivationKind.Number, 0, rules)],
        };
        Ledger = new Chain.Ledger.Ledger(
            GenesisOf(network, rules, change),
            consensus ?? new Merged(new Ethash(caches: null)),
            _resources,
            store ?? new MemoryStore(LedgerTables.All),
            ownsStore: store is null,
            options);
        Builder = new BlockBuilder(Ledger);
        Pool = new TransactionPool(Ledger);
    }

    public static TestAccount Alice { get; } = new(1);

    public static Address DepositContract => NetworkParameters.MainnetDepositContract;

    public static TestAccount Bob { get; } = new(2);

    public Chain.Ledger.Ledger Ledger { get; }

    public BlockBuilder Builder { get; }

    public TransactionPool Pool { get; }

    public static BlockRules RulesOf(string fork)
    {
        Assert.True(BlockForkList.TryFind(fork, out BlockRules rules));
        return rules;
    }

    public void Dispose()
    {
        Pool.Dispose();
        Ledger.Dispose();
        _resources.Dispose();
    }

    /// <summary>Builds a block on another, without putting it into the ledger.</summary>
    public LedgerBlock Build(LedgerBlock parent, ulong seconds = 12, params Transaction[] transactions)
    {
        BuildRequest request = new() { Timestamp = parent.Header.Timestamp + seconds };
        BuildResult result = Builder.Build(parent, transactions, request, CancellationToken.None);
        Assert.True(result.Verdict.IsValid, result.Verdict.ToString());
        Assert.Empty(result.Refused);
        return result.Block!;
    }

    /// <summary>Builds a block on another and imports it.</summary>
    public LedgerBlock Extend(LedgerBlock parent, ulong seconds = 12, params Transaction[] transactions)
    {
        BlockImport import = Ledger.Import(Build(parent, seconds, transactions).Block.Encode());
        Assert.True(import.Error == BlockError.None, $"{import.Error}: {import.Detail}");
        return import.Block!;
    }

    /// <summary>Builds a block on the head and makes it the head.</summary>
    public LedgerBlock Commit(params Transaction[] transactions)
    {
        LedgerBlock block = Build(Ledger.Head, 12, transactions);
        Assert.True(Ledger.TryCommit(block));
        return block;
    }

    private static Genesis GenesisOf(NetworkParameters network, BlockRules rules, Action<StateChanges>? change)
    {
        StateChanges alloc = new();
        UInt256 balance = UInt256.Power(10, 24);
        alloc.Of(Alice.Address).Account = new Account(0, balance, Account.NoCode);
        alloc.Of(Bob.Address).Account = new Account(0, balance, Account.NoCode);
        foreach (RequestSource source in rules.Requests ?? [])
        {
            if (source.Contract is { } contract)
            {
                Hash256 codeHash = Hash256.Keccak(ReturnsNothing);
                alloc.Of(contract).Account = new Account(1, UInt256.Zero, codeHash);
                alloc.Codes[codeHash] = ReturnsNothing;
            }
        }

        change?.Invoke(alloc);
        WorldState state = WorldState.Empty.Apply(alloc);
        HeaderDraft draft = new()
        {
            UnclesHash = BlockHeader.UnclesHashOf([]),
            StateRoot = state.Root,
            TransactionsRoot = BodyRoots.Empty,
            ReceiptsRoot = BodyRoots.Empty,
            Difficulty = rules.IsMerged ? UInt256.Zero : 1_000_000,
            GasLimit = GasLimit,
            BaseFeePerGas = rules.BaseFee is null ? null : 7,
            WithdrawalsRoot = rules.HasWithdrawals ? BodyRoots.Empty : null,
            BlobGasUsed = rules.Blobs is null ? null : 0,
            ExcessBlobGas = rules.Blobs is null ? null : 0,
            ParentBeaconBlockRoot = rules.BeaconRootsContract is null ? null : Hash256.Zero,
            RequestsHash = rules.Requests is null ? null : ExecutionRequests.None.ComputeHash(),
        };
        Block block = new() { Header = draft.ToHeader(), Withdrawals = rules.HasWithdrawals ? [] : null };
        return new Genesis(network, block, state);
    }
}
