using System.Text.Json;
using System.Text.Json.Nodes;
using Koinon.Chain;
using Koinon.Chain.Networks;
using Koinon.Primitives;

namespace Koinon.Node.Development;

/// <summary>
/// The genesis of a development chain: a file in geth's form with the system contracts, and accounts with ether.
/// </summary>
internal static class DevelopmentGenesis
{
    /// <summary>Makes the genesis.</summary>
    /// <param name="options">Chain id, gas limit, base fee, balances.</param>
    /// <param name="accounts">Who has ether.</param>
    /// <param name="time">The time, in seconds.</param>
    public static Genesis Create(DevelopmentOptions options, IReadOnlyList<Address> accounts, ulong time)
    {
        JsonNode file = ReadFile();
        file["config"]!["chainId"] = options.ChainId;
        file["gasLimit"] = Number(options.GasLimit);
        file["baseFeePerGas"] = Number(options.BaseFee);
        file["timestamp"] = Number(time);
        foreach (Address account in accounts)
        {
            file["alloc"]![account.ToString()] = new JsonObject { ["balance"] = Number(options.Balance) };
        }

        byte[] json = JsonSerializer.SerializeToUtf8Bytes(file);
        return Genesis.TryParse(json, out Genesis? genesis, out GenesisError? error)
            ? WithoutGasCap(genesis)
            : throw new InvalidOperationException($"The development genesis is wrong at {error.Field}: {error.Detail}");
    }

    private static string Number(UInt256 value) => value.ToString("x", null);

    private static JsonNode ReadFile()
    {
        using Stream stream = typeof(DevelopmentGenesis).Assembly.GetManifestResourceStream("genesis.json")!;
        return JsonNode.Parse(stream)!;
    }

    /// <summary>A transaction of a development chain may use the block's whole gas, as in anvil.</summary>
    private static Genesis WithoutGasCap(Genesis genesis)
    {
        ForkActivation[] activations = [.. genesis.Network.Activations];
        for (int i = 0; i < activations.Length; i++)
        {
            if (activations[i].Rules is { } rules)
            {
                activations[i] = activations[i] with
                {
                    Rules = rules with { Execution = rules.Execution with { TransactionGasMax = ulong.MaxValue } },
                };
            }
        }

        return new Genesis(genesis.Network with { Activations = activations }, genesis.Block, genesis.State);
    }
}
