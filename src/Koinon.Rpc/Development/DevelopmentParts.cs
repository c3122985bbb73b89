using Koinon.Chain.Building;
using Koinon.Primitives;
using Koinon.Rpc.Development.Blobs;
using Koinon.Rpc.Development.Impersonation;
using Koinon.Rpc.Development.Life;
using Koinon.Rpc.Development.Manners;
using Koinon.Rpc.Development.Settings;
using Koinon.Rpc.Development.Snapshots;
using Koinon.Rpc.Development.StateFiles;
using Koinon.Rpc.Development.Time;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Forking;

namespace Koinon.Rpc.Development;

/// <summary>What the methods of a development chain are made over, besides the parts of any chain.</summary>
public sealed record DevelopmentParts
{
    /// <summary>Whose manners the chain has.</summary>
    public required Manner Manner { get; init; }

    /// <summary>Writes errors in its manner.</summary>
    public required Func<RpcError, RpcError> ErrorShape { get; init; }

    /// <summary>Its one writer.</summary>
    public required BlockProducer Producer { get; init; }

    /// <summary>Its clock.</summary>
    public required IDevelopmentClock Clock { get; init; }

    /// <summary>Whose transactions it takes unsigned.</summary>
    public required IImpersonation Impersonation { get; init; }

    /// <summary>What an account has at least once it is impersonated, in wei.</summary>
    public UInt256 ImpersonatedBalance { get; init; }

    /// <summary>Its snapshots.</summary>
    public required ISnapshots Snapshots { get; init; }

    /// <summary>Its life as a whole.</summary>
    public required IDevelopmentLife Life { get; init; }

    /// <summary>The chain it forks off; <see langword="null"/> where it is its own.</summary>
    public IRemoteChain? Remote { get; init; }

    /// <summary>What it prints.</summary>
    public required IRequestLog Log { get; init; }

    /// <summary>Blobs of its transactions.</summary>
    public required BlobArchive Blobs { get; init; }

    /// <summary>Its state as a file.</summary>
    public required IStateFiles Files { get; init; }
}
