using Koinon.Abi;
using Koinon.Evm;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Eth;
using Koinon.Rpc.Execution;
using Koinon.Rpc.Requests;
using Koinon.State;

namespace Koinon.Rpc.Development.StateEditing;

/// <summary>Finds where a token keeps a number: by writing another into each slot that its answer came from.</summary>
/// <param name="calls">Runs calls.</param>
/// <param name="editor">Edits the state.</param>
public sealed class TokenSlots(CallRunner calls, StateEditor editor)
{
    /// <summary>No token answers it by chance.</summary>
    private static readonly UInt256 Mark = Hash256.Keccak("a number that no token keeps"u8).ToWord() >> 1;

    private static readonly AbiSignature BalanceOf = AbiSignature.Parse("balanceOf(address)");
    private static readonly AbiSignature Allowance = AbiSignature.Parse("allowance(address,address)");

    /// <summary>Sets what a token says an account has.</summary>
    public ValueTask<RpcError?> SetBalanceAsync(
        Address token, Address account, UInt256 amount, CancellationToken cancellation)
    {
        BalanceOf.TryEncode([account], out byte[] question, out _);
        return SetAsync(token, question, amount, cancellation);
    }

    /// <summary>Sets what a token says an account may spend of another's.</summary>
    public ValueTask<RpcError?> SetAllowanceAsync(
        Address token, Address owner, Address spender, UInt256 amount, CancellationToken cancellation)
    {
        Allowance.TryEncode([owner, spender], out byte[] question, out _);
        return SetAsync(token, question, amount, cancellation);
    }

    private async ValueTask<RpcError?> SetAsync(
        Address token, byte[] question, UInt256 amount, CancellationToken cancellation)
    {
        RpcResult<(Address Holder, UInt256 Slot)?> found = await FindAsync(token, question, cancellation)
            .ConfigureAwait(false);
        if (found.Error is not null)
        {
            return found.Error;
        }

        if (found.Value is not { } place)
        {
            return RpcError.Server($"no slot of {token} decides its answer: it may calculate it from several");
        }

        return await editor.EditAsync(
            (state, changes) =>
            {
                changes.Of(place.Holder).Account = StateEditor.ReadAccount(state, place.Holder);
                changes.Of(place.Holder).Slots[place.Slot] = amount;
                return null;
            },
            cancellation).ConfigureAwait(false);
    }

    private async ValueTask<RpcResult<(Address Holder, UInt256 Slot)?>> FindAsync(
        Address token, byte[] question, CancellationToken cancellation)
    {
        RpcResult<CallContext> prepared = await calls.PrepareAsync(BlockReference.Latest, null, null, cancellation)
            .ConfigureAwait(false);
        if (prepared.Error is not null)
        {
            return prepared.Error;
        }

        CallContext context = prepared.Value!;
        CallRequest request = new() { To = token, Input = question };
        RpcResult<(TransactionOutcome Outcome, AccessTracer Tracer)> run = await calls.Unheard.TraceAsync(
            context, request, calls.GasOf(request), static () => new AccessTracer(new HashSet<Address>()), cancellation)
            .ConfigureAwait(false);
        if (run.Error is not null)
        {
            return run.Error;
        }

        foreach (AccessListEntry touched in run.Value.Tracer.List())
        {
            foreach (UInt256 slot in touched.Slots)
            {
                CallContext marked = context.WithState(Marked(context.State, touched.Address, slot));
                RpcResult<TransactionOutcome> answer = await calls.Unheard.RunAsync(
                    marked, request, calls.GasOf(request), cancellation).ConfigureAwait(false);
                if (answer.Error is null && IsMark(answer.Value!))
                {
                    return new RpcResult<(Address, UInt256)?>((touched.Address, slot));
                }
            }
        }

        return new RpcResult<(Address, UInt256)?>(default((Address, UInt256)?));
    }

    private static OverlayView Marked(IStateView state, in Address holder, in UInt256 slot)
    {
        StateChanges changes = new();
        changes.Of(holder).Account = StateEditor.ReadAccount(state, holder);
        changes.Of(holder).Slots[slot] = Mark;
        OverlayView marked = new(state);
        marked.Apply(changes);
        return marked;
    }

    private static bool IsMark(TransactionOutcome outcome) =>
        outcome.Error == TransactionError.None
        && outcome.Succeeded
        && outcome.ReturnData.Length == UInt256.Size
        && UInt256.FromBigEndian(outcome.ReturnData.Span) == Mark;
}
