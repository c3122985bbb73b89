using System.Text;
using System.Text.Json;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Execution;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Forking;

/// <summary>
/// <c>eth_getProof</c> of a forked chain: the remote's proof at the fork block holds for what has not changed since;
/// for what has there is none, since the state root of a forked chain covers local changes only.
/// </summary>
/// <param name="local">Reads malformed questions.</param>
/// <param name="place">Knows the sides.</param>
/// <param name="reader">Reads states.</param>
internal sealed class ForkedProofMethod(RpcMethod local, ForkPlace place, StateReader reader)
    : ForkedMethod(local, place)
{
    private const int BlockIndex = 2;

    internal override async ValueTask<RpcAnswer> InvokeAsync(
        JsonElement parameters, RpcConnection? connection, CancellationToken cancellation)
    {
        RpcResult<(ForkSide Side, string Parameter)> found = await Place.FindAsync(
            At(parameters, BlockIndex), cancellation).ConfigureAwait(false);
        if (found.Error is not null)
        {
            return RpcAnswer.Of(found.Error);
        }

        if (found.Value.Side == ForkSide.Remote)
        {
            return await PassAsync(ForkPlace.With(parameters, BlockIndex, found.Value.Parameter), cancellation)
                .ConfigureAwait(false);
        }

        if (!TryRead(parameters, out Address address, out List<UInt256> slots)
            || Place.Find(At(parameters, BlockIndex))?.State is not { } state)
        {
            return await Local.InvokeAsync(parameters, connection, cancellation).ConfigureAwait(false);
        }

        RpcResult<string?> changed = await FindChangeAsync(state, address, slots, cancellation).ConfigureAwait(false);
        ulong fork = Place.Remote.ForkNumber;
        return changed.Error is { } error ? RpcAnswer.Of(error)
            : changed.Value is { } what ? RpcAnswer.Of(RpcError.Server(
                $"no proof: {what} changed since the fork block {fork}, and the state root of a forked chain covers "
                + $"local changes only; ask about block {fork} or one before it"))
            : await PassAsync(ParametersOf(address, slots, fork), cancellation).ConfigureAwait(false);
    }

    /// <summary>The question with keys of 32 bytes: not every node takes shorter ones.</summary>
    private static ReadOnlyMemory<byte> ParametersOf(in Address address, List<UInt256> slots, ulong block)
    {
        string keys = string.Join(',', slots.Select(static slot => $"\"{Hash256.FromWord(slot)}\""));
        return Encoding.UTF8.GetBytes($"[\"{address}\",[{keys}],{ForkPlace.NameOf(block)}]");
    }

    private static bool TryRead(JsonElement parameters, out Address address, out List<UInt256> slots)
    {
        slots = [];
        JsonElement keys = At(parameters, 1);
        if (JsonValueReader.ReadAddress(At(parameters, 0), out address) is not null
            || keys.ValueKind != JsonValueKind.Array)
        {
            return false;
        }

        foreach (JsonElement key in keys.EnumerateArray())
        {
            if (JsonValueReader.ReadSlot(key, out UInt256 slot) is not null)
            {
                return false;
            }

            slots.Add(slot);
        }

        return true;
    }

    /// <summary>What differs between a local state and that of the fork block; <see langword="null"/> for nothing.
    /// </summary>
    private async ValueTask<RpcResult<string?>> FindChangeAsync(
        IStateView state, Address address, List<UInt256> slots, CancellationToken cancellation)
    {
        IStateView former = Place.Remote.State;
        RpcResult<Account?> now = await reader.ReadAccountAsync(state, address, cancellation).ConfigureAwait(false);
        RpcResult<Account?> then = await reader.ReadAccountAsync(former, address, cancellation).ConfigureAwait(false);
        if ((now.Error ?? then.Error) is { } error)
        {
            return error;
        }

        if (now.Value != then.Value)
        {
            return $"account {address}";
        }

        foreach (UInt256 slot in slots)
        {
            RpcResult<UInt256> value = await reader.ReadSlotAsync(state, address, slot, cancellation)
                .ConfigureAwait(false);
            RpcResult<UInt256> before = await reader.ReadSlotAsync(former, address, slot, cancellation)
                .ConfigureAwait(false);
            if ((value.Error ?? before.Error) is { } failed)
            {
                return failed;
            }

            if (value.Value != before.Value)
            {
                return $"slot {slot:x} of account {address}";
            }
        }

        return new RpcResult<string?>(null);
    }
}
