using System.Globalization;
using System.Text.Json;
using Koinon.Node.Development;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;

namespace Koinon.Cli.Commands;

/// <summary>Writes what a development chain was started with, as anvil's <c>--config-out</c> does.</summary>
internal static class DevConfigFile
{
    /// <summary>Writes the file.</summary>
    /// <param name="path">Where.</param>
    /// <param name="options">What the chain was asked to be.</param>
    /// <param name="node">The chain.</param>
    /// <param name="mnemonic">The phrase of its keys.</param>
    /// <param name="derivationPath">Where the accounts stand under it.</param>
    public static void Write(
        string path, DevelopmentOptions options, DevelopmentNode node, string mnemonic, string derivationPath)
    {
        BlockHeader genesis = node.Ledger.GenesisBlock.Header;
        using FileStream file = File.Create(path);
        using Utf8JsonWriter writer = new(file, new JsonWriterOptions { Indented = true });
        writer.WriteStartObject();
        writer.WriteStartArray("available_accounts");
        foreach (Address account in node.Wallet.Own)
        {
            writer.WriteStringValue(account.ToString());
        }

        writer.WriteEndArray();
        writer.WriteStartArray("private_keys");
        foreach (ReadOnlyMemory<byte> key in options.SecretKeys)
        {
            writer.WriteStringValue(Hex.Encode(key.Span));
        }

        writer.WriteEndArray();
        writer.WriteStartObject("wallet");
        writer.WriteString("derivation_path", derivationPath);
        writer.WriteString("mnemonic", mnemonic);
        writer.WriteEndObject();
        UInt256 baseFee = DevBanner.BaseFeeOf(options, node);
        writer.WriteString("base_fee", baseFee.ToString());
        writer.WriteString("gas_price", (baseFee + 1_000_000_000u).ToString());
        writer.WriteString("gas_limit", genesis.GasLimit.ToString(CultureInfo.InvariantCulture));
        writer.WriteString("genesis_timestamp", genesis.Timestamp.ToString(CultureInfo.InvariantCulture));
        writer.WriteString("genesis_number", genesis.Number.ToString(CultureInfo.InvariantCulture));
        if (node.Fork is { } fork)
        {
            writer.WriteString("endpoint", fork.Endpoint.ToString());
            writer.WriteNumber("block_number", fork.Header.Number);
            writer.WriteString("block_hash", fork.Hash.ToString());
            writer.WriteNumber("chain_id", (ulong)node.Ledger.Genesis.Network.ChainId);
            writer.WriteNumber("source_chain_id", fork.SourceChainId);
        }

        writer.WriteEndObject();
    }
}
