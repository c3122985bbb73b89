using System.Net;
using Koinon.Node.Hosting;
using Koinon.Primitives;
using Koinon.Rpc.Dispatch;

namespace Koinon.Node.Development;

/// <summary>What a development chain is to be like; the defaults are anvil's.</summary>
public sealed record DevelopmentOptions
{
    /// <summary>Where to listen; port 0 takes any free one.</summary>
    public IPEndPoint Endpoint { get; init; } = new(IPAddress.Loopback, 8545);

    /// <summary>The number that transactions are signed for.</summary>
    public ulong ChainId { get; init; } = 31337;

    /// <summary>The gas that a block's transactions may use together.</summary>
    public ulong GasLimit { get; init; } = 30_000_000;

    /// <summary>The base fee of the genesis, in wei.</summary>
    public UInt256 BaseFee { get; init; } = 1_000_000_000u;

    /// <summary>The secret keys of the accounts that have ether at the start, 32 bytes each.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> SecretKeys { get; init; } = [];

    /// <summary>What each of them has, in wei.</summary>
    public UInt256 Balance { get; init; } = (UInt256)10_000u * 1_000_000_000_000_000_000ul;

    /// <summary>The time of the genesis in seconds; the clock's where it is <see langword="null"/>.</summary>
    public ulong? Timestamp { get; init; }

    /// <summary>What a caller may ask at once.</summary>
    public RpcLimits Limits { get; init; } = new();

    /// <summary>To whom it is served; its endpoints are not looked at.</summary>
    public RpcServerOptions Server { get; init; } = new();
}
