using System.Text.Json;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Tracing;

/// <summary>Writes what a run changed in OpenEthereum's form: <c>=</c> the same, <c>+</c> came, <c>-</c> went,
/// <c>*</c> changed.</summary>
/// <param name="stream">Where it goes.</param>
/// <param name="state">The state before the run.</param>
internal sealed class StateDiffWriter(RpcValueStream stream, IStateView state)
{
    private readonly Utf8JsonWriter _json = stream.Json;

    /// <summary>Writes an object of accounts.</summary>
    public void Write(StateChanges changes)
    {
        _json.WriteStartObject();
        foreach ((Address address, AccountChange change) in changes.Accounts.OrderBy(static entry => entry.Key))
        {
            bool existed = state.ReadAccount(address, out Account found) == ReadStatus.Found && !found.IsEmpty;
            Account before = existed ? found : Account.Empty;
            Account? after = change.Account is { IsEmpty: false } left ? left : null;
            List<(UInt256 Slot, UInt256 From, UInt256 To)> slots = after is null ? [] : SlotsOf(address, change);
            bool isSame = after is null ? !existed : existed && before == after && slots.Count == 0;
            if (!isSame)
            {
                _json.WriteAddressName(address);
                WriteAccount(existed, before, after, slots, changes);
                stream.FlushWhenFull();
            }
        }

        _json.WriteEndObject();
    }

    private List<(UInt256 Slot, UInt256 From, UInt256 To)> SlotsOf(in Address address, AccountChange change)
    {
        List<(UInt256 Slot, UInt256 From, UInt256 To)> slots = [];
        foreach ((UInt256 slot, UInt256 to) in change.Slots.OrderBy(static entry => entry.Key))
        {
            state.ReadSlot(address, slot, out UInt256 from);
            if (from != to)
            {
                slots.Add((slot, from, to));
            }
        }

        return slots;
    }

    private void WriteAccount(
        bool existed,
        in Account before,
        Account? after,
        List<(UInt256 Slot, UInt256 From, UInt256 To)> slots,
        StateChanges changes)
    {
        Account now = after ?? Account.Empty;
        char sign = !existed ? '+' : after is null ? '-' : '*';
        ReadOnlyMemory<byte> codeBefore = StateCode.Of(state, changes, before.CodeHash);
        ReadOnlyMemory<byte> codeNow = StateCode.Of(state, changes, now.CodeHash);
        _json.WriteStartObject();
        WriteQuantity("balance"u8, sign, before.Balance, now.Balance);
        _json.WritePropertyName("code"u8);
        WriteSides(sign, before.CodeHash == now.CodeHash, codeBefore, codeNow, WriteData);
        WriteQuantity("nonce"u8, sign, before.Nonce, now.Nonce);
        _json.WriteStartObject("storage"u8);
        foreach ((UInt256 slot, UInt256 from, UInt256 to) in slots)
        {
            _json.WriteWordName(slot);
            WriteSides(sign, isSame: false, from, to, WriteWord);
            stream.FlushWhenFull();
        }

        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    private void WriteQuantity(ReadOnlySpan<byte> name, char sign, UInt256 before, UInt256 now)
    {
        _json.WritePropertyName(name);
        WriteSides(sign, before == now, before, now, WriteNumber);
    }

    private void WriteSides<T>(char sign, bool isSame, T before, T now, Action<T> write)
    {
        if (sign == '*' && isSame)
        {
            _json.WriteStringValue("="u8);
            return;
        }

        _json.WriteStartObject();
        switch (sign)
        {
            case '+':
                _json.WritePropertyName("+"u8);
                write(now);
                break;
            case '-':
                _json.WritePropertyName("-"u8);
                write(before);
                break;
            default:
                _json.WriteStartObject("*"u8);
                _json.WritePropertyName("from"u8);
                write(before);
                _json.WritePropertyName("to"u8);
                write(now);
                _json.WriteEndObject();
                break;
        }

        _json.WriteEndObject();
    }

    private void WriteNumber(UInt256 value) => _json.WriteQuantityValue(value);

    private void WriteWord(UInt256 value) => _json.WriteWordValue(value);

    private void WriteData(ReadOnlyMemory<byte> value) => HexWriter.Write(_json, value.Span);
}
