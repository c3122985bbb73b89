using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Engine;

/// <summary><c>engine_getPayloadV2</c> to <c>V5</c>: ends a build process and gives what it built.</summary>
/// <param name="version">Which of them.</param>
/// <param name="builds">The build processes.</param>
internal sealed class EngineGetPayload(int version, PayloadBuilds builds)
    : RpcQuery<ReadOnlyMemory<byte>, PayloadEnvelopeJson>
{
    /// <inheritdoc/>
    public override string Name => $"engine_getPayloadV{version}";

    /// <inheritdoc/>
    protected override ReadOnlyMemory<byte> Read(ref ParameterReader reader) => reader.Data();

    /// <inheritdoc/>
    protected override RpcResult<PayloadEnvelopeJson> Answer(ReadOnlyMemory<byte> parameters)
    {
        if (!builds.TryFinish(parameters.Span, out BuiltPayload? built))
        {
            return EngineErrors.UnknownPayload;
        }

        int age = PayloadAge.Of(built.Block.Rules);
        bool fits = version == PayloadAge.Withdrawals ? age <= version : age == version;
        return fits ? PayloadEnvelopeJson.Of(built, age) : EngineErrors.UnsupportedFork;
    }
}
