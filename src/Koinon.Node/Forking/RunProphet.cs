using System.Text;
using System.Text.Json;
using Koinon.Chain.Building;
using Koinon.Evm;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Dispatch;

namespace Koinon.Node.Forking;

/// <summary>Foresees what a run will touch: by its own access list, and by one that the remote makes of it.</summary>
/// <param name="remote">The remote node.</param>
/// <param name="state">What is known already.</param>
/// <param name="block">How the fork block is named to the remote.</param>
/// <remarks>
/// The remote runs the call on the state of the fork block, so that what it finds is right but for what has changed
/// since. A call of fifty slots then takes two exchanges, not fifty. A remote that makes no access lists is not asked
/// again. Safe from any thread.
/// </remarks>
internal sealed class RunProphet(RemoteChain remote, RemoteState state, RemoteBlockName block)
{
    private const int KeysMax = 2_000;
    private const int RunsMax = 50;

    private volatile bool _isMute;

    /// <summary>Foresees.</summary>
    /// <returns>What is not known yet of it; nothing where it cannot be told.</returns>
    public async ValueTask<IReadOnlyList<StateKey>> ForeseeAsync(
        IReadOnlyList<PlannedRun> runs, CancellationToken cancellation)
    {
        List<StateKey> likely = [];
        List<RemoteCall> calls = [];
        foreach (PlannedRun run in runs)
        {
            Add(new StateKey(run.Sender, null, null), likely);
            Transaction transaction = run.Transaction;
            if (transaction.To is { } to)
            {
                Add(new StateKey(to, null, null), likely);
            }

            foreach (AccessListEntry entry in transaction.AccessList)
            {
                Add(entry.Address, entry.Slots, likely);
            }

            if (!_isMute && calls.Count < RunsMax && MayRunCode(transaction))
            {
                calls.Add(new RemoteCall("eth_createAccessList", ParametersOf(run)));
            }
        }

        if (calls.Count > 0)
        {
            foreach (RpcResult<ReadOnlyMemory<byte>> answer in
                await remote.AskAsync(calls, cancellation).ConfigureAwait(false))
            {
                Read(answer, likely);
            }
        }

        return likely;
    }

    /// <summary>Whether the remote may have code for a transaction: a transfer between people runs none.</summary>
    private bool MayRunCode(Transaction transaction) =>
        transaction.To is not { } to
        || state.ReadAccount(to, out Account account) == ReadStatus.Unavailable
        || account.HasCode;

    private ReadOnlyMemory<byte> ParametersOf(in PlannedRun run)
    {
        Transaction transaction = run.Transaction;
        StringBuilder text = new();
        text.Append("[{\"from\":").Append(RemoteCall.Text(run.Sender));
        if (transaction.To is { } to)
        {
            text.Append(",\"to\":").Append(RemoteCall.Text(to));
        }

        if (!transaction.Value.IsZero)
        {
            text.Append(",\"value\":\"").Append(transaction.Value.ToString("x", null)).Append('"');
        }

        text.Append(",\"data\":\"").Append(Hex.Encode(transaction.Data.Span)).Append("\"},");
        return Encoding.UTF8.GetBytes(text.Append(block.State).Append(']').ToString());
    }

    private void Read(in RpcResult<ReadOnlyMemory<byte>> answer, List<StateKey> likely)
    {
        if (answer.Error is { } error)
        {
            _isMute |= error.Code is RpcErrorCode.MethodNotFound or RpcErrorCode.InvalidParameters;
            return;
        }

        using JsonDocument document = JsonDocument.Parse(answer.Value);
        if (document.RootElement.ValueKind != JsonValueKind.Object
            || !document.RootElement.TryGetProperty("accessList", out JsonElement list)
            || list.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        foreach (JsonElement entry in list.EnumerateArray())
        {
            if (entry.TryGetProperty("address", out JsonElement name)
                && name.ValueKind == JsonValueKind.String
                && Address.TryParse(name.GetString(), out Address address)
                && entry.TryGetProperty("storageKeys", out JsonElement keys)
                && keys.ValueKind == JsonValueKind.Array)
            {
                Add(address, SlotsOf(keys), likely);
            }
        }
    }

    private static List<UInt256> SlotsOf(JsonElement keys)
    {
        List<UInt256> slots = [];
        foreach (JsonElement key in keys.EnumerateArray())
        {
            if (key.ValueKind == JsonValueKind.String && Hash256.TryParse(key.GetString(), out Hash256 slot))
            {
                slots.Add(slot.ToWord());
            }
        }

        return slots;
    }

    private void Add(in Address address, IEnumerable<UInt256> slots, List<StateKey> likely)
    {
        Add(new StateKey(address, null, null), likely);
        foreach (UInt256 slot in slots)
        {
            Add(new StateKey(address, slot, null), likely);
        }
    }

    private void Add(in StateKey key, List<StateKey> likely)
    {
        if (likely.Count < KeysMax && !state.Knows(key))
        {
            likely.Add(key);
        }
    }
}
