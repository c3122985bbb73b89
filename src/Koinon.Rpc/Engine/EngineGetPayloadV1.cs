using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Engine;

/// <summary><c>engine_getPayloadV1</c>: the payload alone, of the time before withdrawals.</summary>
/// <param name="builds">The build processes.</param>
internal sealed class EngineGetPayloadV1(PayloadBuilds builds) : RpcQuery<ReadOnlyMemory<byte>, ExecutionPayloadJson>
{
    /// <inheritdoc/>
    public override string Name => "engine_getPayloadV1";

    /// <inheritdoc/>
    protected override ReadOnlyMemory<byte> Read(ref ParameterReader reader) => reader.Data();

    /// <inheritdoc/>
    protected override RpcResult<ExecutionPayloadJson> Answer(ReadOnlyMemory<byte> parameters) =>
        !builds.TryFinish(parameters.Span, out BuiltPayload? built) ? EngineErrors.UnknownPayload
        : PayloadAge.Of(built.Block.Rules) > PayloadAge.Bare ? EngineErrors.UnsupportedFork
        : ExecutionPayloadJson.Of(built.Block);
}
