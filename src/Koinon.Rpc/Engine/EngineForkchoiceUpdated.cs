using System.Text.Json;
using Koinon.Chain.Networks;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Engine;

/// <summary>
/// <c>engine_forkchoiceUpdatedV1</c> to <c>V3</c>: moves head, safe and finalized, and begins to build a block where
/// attributes are given.
/// </summary>
/// <param name="version">Which of them.</param>
/// <param name="update">Moves the head.</param>
internal sealed class EngineForkchoiceUpdated(int version, ForkchoiceUpdate update)
    : RpcQuery<ForkchoiceRequest, ForkchoiceResult>
{
    /// <inheritdoc/>
    public override string Name => $"engine_forkchoiceUpdatedV{version}";

    /// <inheritdoc/>
    protected override ForkchoiceRequest Read(ref ParameterReader reader) => new(
        reader.Required(PayloadReader.ReadForkchoice),
        reader.Optional(ReadAttributes));

    /// <inheritdoc/>
    protected override RpcResult<ForkchoiceResult> Answer(ForkchoiceRequest parameters) =>
        update.Apply(parameters.State, parameters.Attributes?.Attributes, (attributes, rules) =>
            parameters.Attributes!.IsWhole ? Judge(attributes, rules) : EngineErrors.InvalidPayloadAttributes);

    // What is missing in attributes is answered after the head has moved, with a code of its own.
    private static (JudgedAttributes? Value, string? Wrong) ReadAttributes(JsonElement element)
    {
        (PayloadAttributes attributes, string? wrong) = PayloadReader.ReadAttributes(element);
        return (new JudgedAttributes(attributes, wrong is null), null);
    }

    private RpcError? Judge(PayloadAttributes attributes, ActiveRules rules)
    {
        int age = PayloadAge.Of(rules);
        bool hasWithdrawals = attributes.Withdrawals is not null;
        bool hasBeaconRoot = attributes.ParentBeaconBlockRoot is not null;
        return version switch
        {
            PayloadAge.Bare when hasWithdrawals || hasBeaconRoot => EngineErrors.InvalidPayloadAttributes,
            PayloadAge.Bare => age == PayloadAge.Bare ? null : EngineErrors.UnsupportedFork,
            PayloadAge.Withdrawals when hasBeaconRoot => EngineErrors.InvalidPayloadAttributes,
            PayloadAge.Withdrawals when age >= PayloadAge.Blobs => EngineErrors.UnsupportedFork,
            PayloadAge.Withdrawals => hasWithdrawals == (age == PayloadAge.Withdrawals)
                ? null
                : EngineErrors.InvalidPayloadAttributes,
            _ when !hasWithdrawals || !hasBeaconRoot => EngineErrors.InvalidPayloadAttributes,
            _ => age >= PayloadAge.Blobs ? null : EngineErrors.UnsupportedFork,
        };
    }
}
