using System.Text.Json;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Execution;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Eth;

/// <summary><c>eth_getStorageValues</c>: slots of several accounts at once, 32 bytes each.</summary>
/// <param name="blocks">Finds blocks.</param>
/// <param name="reader">Reads their states.</param>
/// <param name="limits">Says how many are read at once.</param>
public sealed class EthGetStorageValues(BlockLookup blocks, StateReader reader, RpcLimits limits)
    : RpcMethod<
        (IReadOnlyDictionary<Address, IReadOnlyList<UInt256>> Slots, BlockReference Block),
        IReadOnlyDictionary<string, IReadOnlyList<Hash256>>>
{
    /// <summary>The code of geth for more slots than are read at once.</summary>
    private const int TooManySlots = -38026;

    /// <inheritdoc/>
    public override string Name => "eth_getStorageValues";

    /// <inheritdoc/>
    protected override (IReadOnlyDictionary<Address, IReadOnlyList<UInt256>> Slots, BlockReference Block) Read(
        ref ParameterReader reader) => (reader.Required(ReadSlots), reader.BlockOrLatest());

    /// <inheritdoc/>
    protected override async ValueTask<RpcResult<IReadOnlyDictionary<string, IReadOnlyList<Hash256>>>> RunAsync(
        (IReadOnlyDictionary<Address, IReadOnlyList<UInt256>> Slots, BlockReference Block) parameters,
        CancellationToken cancellation)
    {
        if (parameters.Slots.Values.Sum(static slots => slots.Count) > limits.SlotsMax)
        {
            return new RpcError(TooManySlots, $"too many slots (max {limits.SlotsMax})");
        }

        RpcResult<IStateView> state = blocks.RequireState(parameters.Block);
        if (state.Error is not null)
        {
            return state.Error;
        }

        Dictionary<string, IReadOnlyList<Hash256>> answer = [];
        foreach ((Address address, IReadOnlyList<UInt256> slots) in parameters.Slots)
        {
            List<Hash256> values = new(slots.Count);
            foreach (UInt256 slot in slots)
            {
                RpcResult<UInt256> value = await reader.ReadSlotAsync(state.Value!, address, slot, cancellation)
                    .ConfigureAwait(false);
                if (value.Error is not null)
                {
                    return value.Error;
                }

                values.Add(Hash256.FromWord(value.Value));
            }

            answer.Add(address.ToString(), values);
        }

        return answer;
    }

    private static (IReadOnlyDictionary<Address, IReadOnlyList<UInt256>> Value, string? Wrong) ReadSlots(
        JsonElement element)
    {
        Dictionary<Address, IReadOnlyList<UInt256>> slots = [];
        if (element.ValueKind != JsonValueKind.Object)
        {
            return (slots, "not an object of addresses");
        }

        ObjectReader reader = new(element);
        foreach (JsonProperty member in element.EnumerateObject())
        {
            if (!Address.TryParse(member.Name, out Address address))
            {
                return (slots, "not an object of addresses: 40 hex digits after 0x are expected for each name");
            }

            slots[address] = reader.List(member.Name, ReadSlot) ?? [];
        }

        bool isEmpty = slots.Values.All(static list => list.Count == 0);
        return (slots, reader.Wrong ?? (isEmpty ? "empty request: no slot is named" : null));
    }

    private static (UInt256 Value, string? Wrong) ReadSlot(JsonElement element)
    {
        string? wrong = JsonValueReader.ReadSlot(element, out UInt256 slot);
        return (slot, wrong);
    }
}
