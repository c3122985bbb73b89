using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Engine;

/// <summary>The methods of the namespace <c>engine</c>, over one chain.</summary>
public sealed class EngineMethods : IDisposable
{
    private readonly PayloadBuilds _builds;

    /// <summary>Makes them over the parts of a chain.</summary>
    /// <param name="parts">The parts.</param>
    /// <param name="options">What is built and served at once.</param>
    public EngineMethods(RpcParts parts, EngineOptions options)
    {
        PayloadIntake intake = new(parts.Ledger, parts.Pool);
        _builds = new PayloadBuilds(parts.Ledger, parts.Pool, options, parts.Clock);
        ForkchoiceUpdate update = new(parts.Ledger, intake, _builds);
        List<RpcMethod> methods =
        [
            new EngineExchangeTransitionConfiguration(parts.Ledger),
            new EngineForkchoiceUpdated(1, update),
            new EngineForkchoiceUpdated(2, update),
            new EngineForkchoiceUpdated(3, update),
            new EngineGetBlobsV1(parts.Ledger, parts.Pool, options),
            new EngineGetBlobs(2, parts.Pool, options),
            new EngineGetBlobs(3, parts.Pool, options),
            new EngineGetClientVersion(options),
            new EngineGetPayloadBodiesByHash(parts.Ledger, options),
            new EngineGetPayloadBodiesByRange(parts.Ledger, options),
            new EngineGetPayloadV1(_builds),
            new EngineGetPayload(2, _builds),
            new EngineGetPayload(3, _builds),
            new EngineGetPayload(4, _builds),
            new EngineGetPayload(5, _builds),
            new EngineNewPayload(1, parts.Ledger, intake),
            new EngineNewPayload(2, parts.Ledger, intake),
            new EngineNewPayload(3, parts.Ledger, intake),
            new EngineNewPayload(4, parts.Ledger, intake),
        ];
        methods.Add(new EngineExchangeCapabilities([.. methods.Select(static method => method.Name)]));
        All = methods;
    }

    /// <summary>Every method.</summary>
    public IReadOnlyList<RpcMethod> All { get; }

    /// <summary>Ends what is being built.</summary>
    public void Dispose() => _builds.Dispose();
}
