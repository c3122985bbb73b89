using Koinon.Chain.Ledger;
using Koinon.Chain.Networks;
using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Engine;

/// <summary>Moves the head where consensus says, and begins to build on it where that is asked for.</summary>
/// <param name="ledger">The chain.</param>
/// <param name="intake">Knows payloads that are not in the chain.</param>
/// <param name="builds">Builds.</param>
internal sealed class ForkchoiceUpdate(Ledger ledger, PayloadIntake intake, PayloadBuilds builds)
{
    // Updates are made in the order in which they come, one after another.
    private readonly Lock _order = new();

    /// <summary>Moves the head.</summary>
    /// <param name="state">Where to.</param>
    /// <param name="attributes">What to build on it, if anything.</param>
    /// <param name="judge">Whether the attributes suit the method and the rules of their block.</param>
    public RpcResult<ForkchoiceResult> Apply(
        ForkchoiceState state, PayloadAttributes? attributes, Func<PayloadAttributes, ActiveRules, RpcError?> judge)
    {
        if (state.Head.IsZero)
        {
            return EngineErrors.InvalidForkchoiceState;
        }

        lock (_order)
        {
            if (!intake.TryFind(state.Head, out LedgerBlock? head, out PayloadStatus? status))
            {
                // A head that was not executed is still to come, as far as this method is concerned.
                return new ForkchoiceResult(
                    status.Status == PayloadStatus.InvalidWord ? status : PayloadStatus.Syncing, null);
            }

            if (!ledger.RulesAfter(head).Rules.IsMerged)
            {
                return new ForkchoiceResult(
                    PayloadStatus.Invalid(Hash256.Zero, $"block {head.Number} comes before the terminal one"), null);
            }

            PayloadStatus valid = PayloadStatus.Valid(head.Hash);
            if (ledger.Finalized is { } finalized && head.Number < finalized.Number && ledger.IsCanonical(head))
            {
                return new ForkchoiceResult(valid, null);
            }

            HeadError error = ledger.SetHead(state.Head, state.Safe, state.Finalized);
            if (error != HeadError.None)
            {
                return error switch
                {
                    HeadError.StateNotKept => EngineErrors.TooDeepReorg,
                    HeadError.HeadUnknown => new ForkchoiceResult(PayloadStatus.Syncing, null),
                    _ => EngineErrors.InvalidForkchoiceState,
                };
            }

            return attributes is null ? new ForkchoiceResult(valid, null) : Begin(head, valid, attributes, judge);
        }
    }

    private RpcResult<ForkchoiceResult> Begin(
        LedgerBlock head,
        PayloadStatus status,
        PayloadAttributes attributes,
        Func<PayloadAttributes, ActiveRules, RpcError?> judge)
    {
        ActiveRules rules = ledger.Schedule.At(head.Number + 1, attributes.Timestamp, head.TotalDifficulty);
        if (judge(attributes, rules) is { } wrong)
        {
            return wrong;
        }

        return attributes.Timestamp > head.Header.Timestamp && builds.Begin(head, attributes) is { } id
            ? new ForkchoiceResult(status, (HexData)id)
            : EngineErrors.InvalidPayloadAttributes;
    }
}
