using System.Text.Json;
using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.Primitives.State;
using Koinon.State;

namespace Koinon.Node.Development.States;

/// <summary>Writes state files in anvil's format, piece by piece.</summary>
internal static class StateFileWriter
{
    /// <summary>As much is written at once.</summary>
    private const int FlushBytes = 64 * 1024;

    /// <summary>Writes the state after a block.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="head">The block.</param>
    /// <param name="state">Its state.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async ValueTask WriteAsync(
        Stream output, LedgerBlock head, WorldState state, CancellationToken cancellation)
    {
        Utf8JsonWriter writer = new(output);
        await using (writer.ConfigureAwait(false))
        {
            writer.WriteStartObject();
            WriteBlock(writer, head);
            writer.WriteStartObject("accounts");
            foreach ((Address address, Account account) in state.EnumerateAccounts())
            {
                WriteAccount(writer, address, account, state);
                if (writer.BytesPending > FlushBytes)
                {
                    await writer.FlushAsync(cancellation).ConfigureAwait(false);
                }
            }

            writer.WriteEndObject();
            writer.WriteNumber("best_block_number", head.Number);
            writer.WriteStartArray("blocks");
            writer.WriteEndArray();
            writer.WriteStartArray("transactions");
            writer.WriteEndArray();
            writer.WriteNull("historical_states");
            writer.WriteEndObject();
        }
    }

    private static void WriteBlock(Utf8JsonWriter writer, LedgerBlock head)
    {
        BlockHeader header = head.Header;
        writer.WriteStartObject("block");
        writer.WriteString("number", Quantity(header.Number));
        writer.WriteString("beneficiary", header.Beneficiary.ToString());
        writer.WriteString("timestamp", Quantity(header.Timestamp));
        writer.WriteNumber("gas_limit", header.GasLimit);
        writer.WriteNumber("basefee", (header.BaseFeePerGas ?? UInt256.Zero).U0);
        writer.WriteString("difficulty", Quantity(header.Difficulty));
        writer.WriteString("prevrandao", header.MixHash.ToString());
        if (header.ExcessBlobGas is { } excess)
        {
            writer.WriteStartObject("blob_excess_gas_and_price");
            writer.WriteNumber("excess_blob_gas", excess);
            writer.WriteNumber("blob_gasprice", head.Rules.Blobs?.PriceOf(excess).U0 ?? 0);
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteNull("blob_excess_gas_and_price");
        }

        writer.WriteEndObject();
    }

    private static void WriteAccount(Utf8JsonWriter writer, in Address address, in Account account, WorldState state)
    {
        state.ReadCode(account.CodeHash, out ReadOnlyMemory<byte> code);
        writer.WriteStartObject(address.ToString());
        writer.WriteNumber("nonce", account.Nonce);
        writer.WriteString("balance", Quantity(account.Balance));
        writer.WriteString("code", Hex.Encode(code.Span));
        writer.WriteStartObject("storage");
        foreach ((UInt256 slot, UInt256 value) in state.EnumerateSlots(address))
        {
            writer.WriteString(Hash256.FromWord(slot).ToString(), Hash256.FromWord(value).ToString());
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static string Quantity(in UInt256 value) => value.ToString("x", null);
}
