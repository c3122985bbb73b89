using System.Net;
using Koinon.Chain.Building;
using Koinon.Chain.Pool;
using Koinon.Node.Forking;
using Koinon.Node.Hosting;
using Koinon.Primitives;
using Koinon.Rpc.Development.Manners;
using Koinon.Rpc.Dispatch;

namespace Koinon.Node.Development;

/// <summary>What a development chain is to be like; the defaults are anvil's.</summary>
public sealed record DevelopmentOptions
{
    /// <summary>Where to listen; port 0 takes any free one.</summary>
    public IReadOnlyList<IPEndPoint> Endpoints { get; init; } = [new(IPAddress.Loopback, 8545)];

    /// <summary>To whom it is served; its endpoints are not looked at.</summary>
    public RpcServerOptions Server { get; init; } = new();

    /// <summary>What one caller may ask at once.</summary>
    public RpcLimits Limits { get; init; } = new();

    /// <summary>
    /// Whether blocks are shown with their total difficulty, as some old libraries want them; in Hardhat's manner they
    /// always are.
    /// </summary>
    public bool ShowsTotalDifficulty { get; init; }

    /// <summary>Whose manners the chain has, where anvil and Hardhat differ.</summary>
    public Manner Manner { get; init; }

    /// <summary>
    /// The directory of the Hardhat project whose artifacts name the custom errors of contracts, in Hardhat's manner;
    /// they have no names where it is left out.
    /// </summary>
    public string? ProjectDirectory { get; init; }

    /// <summary>What the chain says it is; what its manner says where it is left out.</summary>
    public string? ClientVersion { get; init; }

    /// <summary>The number that transactions are signed for.</summary>
    public ulong ChainId { get; init; } = 31337;

    /// <summary>The fork whose rules hold, by its name; the newest where it is left out.</summary>
    public string? Hardfork { get; init; }

    /// <summary>A genesis in geth's form, as UTF-8 text, in place of the usual one.</summary>
    public ReadOnlyMemory<byte>? Genesis { get; init; }

    /// <summary>The number of the first block.</summary>
    public ulong GenesisNumber { get; init; }

    /// <summary>The gas that a block's transactions may use together.</summary>
    public ulong GasLimit { get; init; } = 30_000_000;

    /// <summary>The base fee of the genesis, in wei; in anvil's manner that of the first block after it.</summary>
    public UInt256 BaseFee { get; init; } = 1_000_000_000u;

    /// <summary>Who receives the fees.</summary>
    public Address Coinbase { get; init; }

    /// <summary>The most gas of one transaction; no bound but the block's where it is left out.</summary>
    public ulong? TransactionGasMax { get; init; }

    /// <summary>The longest code of a contract in bytes; the fork's where it is left out.</summary>
    public int? CodeSizeMax { get; init; }

    /// <summary>Whether the usual factory of contracts stands at its address (EIP-7955's forerunner).</summary>
    public bool HasCreate2Deployer { get; init; } = true;

    /// <summary>The secret keys of the accounts that have ether at the start, 32 bytes each.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> SecretKeys { get; init; } = [];

    /// <summary>What each of them has, in wei.</summary>
    public UInt256 Balance { get; init; } = (UInt256)10_000u * 1_000_000_000_000_000_000ul;

    /// <summary>Other accounts that have ether at the start, in wei.</summary>
    public IReadOnlyDictionary<Address, UInt256> Funded { get; init; } = new Dictionary<Address, UInt256>();

    /// <summary>The time of the genesis in seconds; the clock's where it is <see langword="null"/>.</summary>
    public ulong? Timestamp { get; init; }

    /// <summary>What makes it build blocks.</summary>
    public MiningMode Mining { get; init; } = MiningMode.Automatic;

    /// <summary>Who goes first into a block.</summary>
    public TransactionOrder Order { get; init; }

    /// <summary>The most transactions of a block.</summary>
    public int TransactionsMax { get; init; } = 1_000;

    /// <summary>What may wait; what suits the manner where it is left out.</summary>
    public PoolOptions? Pool { get; init; }

    /// <summary>Whether everybody's transactions are taken without a signature.</summary>
    public bool ImpersonatesAll { get; init; }

    /// <summary>What an account has at least once it is impersonated, in wei: for the gas it pays.</summary>
    public UInt256 ImpersonatedBalance { get; init; }

    /// <summary>
    /// How many blocks make an epoch: the safe block is one epoch behind the head, the finalized one two. 0 has both
    /// follow the head at once.
    /// </summary>
    public ulong SlotsInAnEpoch { get; init; } = 32;

    /// <summary>How many blocks are kept with bodies, receipts and states; all where it is left out.</summary>
    public ulong? BlocksKept { get; init; }

    /// <summary>How many states below the head are kept; as many as blocks where it is left out.</summary>
    public ulong? StatesKept { get; init; }

    /// <summary>
    /// Where the chain forks off a remote one, which then says what the genesis would: number, time, gas limit, rules.
    /// </summary>
    public ForkOptions? Fork { get; init; }

    /// <summary>The directory that keeps the chain; memory does where it is left out.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>Whether a power cut may cost nothing; it may cost the last blocks where it is not set.</summary>
    public bool IsFullyDurable { get; init; }

    /// <summary>A state in anvil's format to begin with.</summary>
    public Stream? State { get; init; }

    /// <summary>Where requests, blocks and what contracts say are printed; nowhere where it is left out.</summary>
    public TextWriter? Output { get; init; }

    /// <summary>Whether requests and blocks are printed.</summary>
    public bool PrintsRequests { get; init; } = true;

    /// <summary>Whether what contracts say is printed.</summary>
    public bool PrintsConsole { get; init; } = true;

    /// <summary>What may wait in a manner: a replacement pays anvil any more, Hardhat a tenth more.</summary>
    public static PoolOptions PoolOf(Manner manner) => PoolOptions.Development with
    {
        ReplacementRaisePercent = manner == Manner.Hardhat ? PoolOptions.Development.ReplacementRaisePercent : 0,
    };
}
