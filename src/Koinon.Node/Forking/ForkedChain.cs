using System.Diagnostics.Metrics;
using Koinon.Chain;
using Koinon.Chain.Building;
using Koinon.Chain.Forks;
using Koinon.Chain.Networks;
using Koinon.Evm;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.Primitives.State;
using Koinon.Rpc.Forking;

namespace Koinon.Node.Forking;

/// <summary>The remote half of a forked chain, opened: where it forks off, and what brings its state here.</summary>
public sealed class ForkedChain : IDisposable
{
    private const uint QueueSlots = 4;

    private readonly RemoteChain _remote;
    private readonly RemoteState _state;
    private readonly RemoteFetcher _fetcher;
    private readonly ForkRules _rules;

    private ForkedChain(
        ForkOptions options,
        RemoteChain remote,
        ForkStart start,
        RemoteBlockName name,
        ForkCache? cache,
        ForkRules rules,
        IReadOnlyList<string> warnings)
    {
        Options = options;
        SourceChainId = start.ChainId;
        Header = start.Header;
        Hash = start.Hash;
        Warnings = warnings;
        _remote = remote;
        _rules = rules;
        _state = new RemoteState(options.MemoryBytesMax);
        _fetcher = new RemoteFetcher(remote, _state, name, cache);
        Answers = new RemoteAnswers(
            remote, start.ChainId, start.Header.Number, start.Hash, _state, cache, name);
        RemoteFacts facts = new();
        facts.Hashes[start.Header.Number] = start.Hash;
        if (start.Header.Number > 0)
        {
            facts.Hashes[start.Header.Number - 1] = start.Header.ParentHash;
        }

        _state.Learn(facts);
    }

    /// <summary>Where it was told to fork off.</summary>
    public ForkOptions Options { get; }

    /// <summary>The remote chain's number.</summary>
    public ulong SourceChainId { get; }

    /// <summary>The fork block's header, as far as its fields are known here.</summary>
    public BlockHeader Header { get; }

    /// <summary>The fork block's hash.</summary>
    public Hash256 Hash { get; }

    /// <summary>What its user should know, each a sentence.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>The fork whose rules hold, and where it was taken from.</summary>
    public string Rules => $"{_rules.Rules.Fork.Name} ({_rules.Origin})";

    /// <summary>The first of the addresses that are asked.</summary>
    public Uri Endpoint => _remote.Endpoint;

    /// <summary>Counts what is asked of the remote node.</summary>
    public Meter Meter => _remote.Meter;

    /// <summary>What methods ask of the remote chain.</summary>
    public IRemoteChain Answers { get; }

    /// <summary>Fetches what the state does not hold.</summary>
    public IStateFetcher Fetcher => _fetcher;

    /// <summary>The remote's state at the fork block, to lie beneath a ledger's.</summary>
    public IStateView State => _state;

    /// <summary>The hashes of the blocks up to the fork block, to lie beneath a ledger's.</summary>
    public IBlockHashes Hashes => _state;

    /// <summary>Finds the fork block, and what the remote node can do.</summary>
    /// <param name="options">Where to fork off.</param>
    /// <param name="time">Measures deadlines, and says how old the block is.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="ForkException">It cannot be done; the message says why.</exception>
    public static async Task<ForkedChain> OpenAsync(
        ForkOptions options, TimeProvider time, CancellationToken cancellation)
    {
        RemoteChain remote = new(options.Remote, time);
        try
        {
            ForkStart start = await ForkStart.FindAsync(remote, options, cancellation).ConfigureAwait(false);
            ForkRules rules = ForkRules.Of(options.Hardfork, start.ChainId, start.Header);
            ForkProbe probe = await ForkProbe.RunAsync(remote, start, time, cancellation).ConfigureAwait(false);
            ForkCache? cache = start.IsPinned && options.IsCached
                ? ForkCache.Open(options.CacheRoot ?? ForkCache.DefaultRoot, start.ChainId, start.Hash)
                : null;
            ForkedChain fork = new(options, remote, start, probe.Name, cache, rules, probe.Warnings)
            {
                Replayed = start.Replayed,
            };
            return fork;
        }
        catch
        {
            remote.Dispose();
            throw;
        }
    }

    /// <summary>
    /// The transactions that follow on the fork block before anything else, each encoded, with the block they stood in.
    /// </summary>
    internal ForkReplay? Replayed { get; private init; }

    /// <summary>The first block and the network of the local chain: the fork block and its rules.</summary>
    /// <param name="chainId">The number that transactions are signed for.</param>
    /// <param name="funded">Accounts that are to have ether; all else of them stays as it is.</param>
    /// <param name="author">Who makes the local blocks, so that the first needs nothing of the remote.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="ForkException">The remote cannot be asked.</exception>
    public async Task<Genesis> BeginAsync(
        ulong chainId,
        IReadOnlyList<(Address Account, UInt256 Balance)> funded,
        Address author,
        CancellationToken cancellation)
    {
        ActiveRules rules = _rules.Rules;
        IReadOnlyList<RequestSource> sources = rules.Rules.Requests ?? [];
        List<StateKey> keys =
        [
            new StateKey(author, null, null),
            new StateKey(TransactionExecutor.SystemAddress, null, null),
        ];
        foreach ((Address account, _) in funded)
        {
            keys.Add(new StateKey(account, null, null));
        }

        foreach (Address contract in SystemContracts(rules.Rules))
        {
            keys.Add(new StateKey(contract, null, null));
        }

        // The queues of requests are looked at by each block: excess, count, head and tail (EIP-7002, EIP-7251).
        foreach (RequestSource source in sources)
        {
            for (uint slot = 0; source.Contract is { } contract && slot < QueueSlots; slot++)
            {
                keys.Add(new StateKey(contract, slot, null));
            }
        }

        if (await _fetcher.FetchAsync(keys, cancellation).ConfigureAwait(false) is { } reason)
        {
            throw new ForkException(reason);
        }

        // A chain without the contracts of requests makes none; blocks would be invalid for want of them.
        BlockRules adapted = rules.Rules.Requests is null
            ? rules.Rules
            : rules.Rules with
            {
                Requests = [.. sources.Where(source => source.Contract is not { } contract || HasCode(contract))],
            };
        NetworkParameters network = new()
        {
            ChainId = chainId,
            Activations = [new ForkActivation(ActivationKind.Number, UInt256.Zero, adapted, rules.Blobs)],
        };
        StateChanges changes = new();
        foreach ((Address address, UInt256 balance) in funded)
        {
            Account account = _state.ReadAccount(address, out Account known) == ReadStatus.Found
                ? known
                : Account.Empty;
            changes.Of(address).Account = account with { Balance = balance };
        }

        Block block = new() { Header = Header, Withdrawals = Header.WithdrawalsRoot is null ? null : [] };
        return new Genesis(network, block, Koinon.State.WorldState.Empty.Apply(changes)) { BlockHash = Hash };
    }

    /// <inheritdoc/>
    public void Dispose() => _remote.Dispose();

    private static IEnumerable<Address> SystemContracts(BlockRules rules)
    {
        if (rules.BeaconRootsContract is { } beaconRoots)
        {
            yield return beaconRoots;
        }

        if (rules.HistoryContract is { } history)
        {
            yield return history;
        }

        foreach (RequestSource source in rules.Requests ?? [])
        {
            if (source.Contract is { } contract)
            {
                yield return contract;
            }
        }
    }

    private bool HasCode(in Address address) =>
        _state.ReadAccount(address, out Account account) == ReadStatus.Found && account.HasCode;
}
