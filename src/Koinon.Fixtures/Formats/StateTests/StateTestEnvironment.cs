using System.Text;
using System.Text.Json;
using Koinon.Chain.Networks;
using Koinon.Evm;
using Koinon.Fixtures.Reading;
using Koinon.Primitives;

namespace Koinon.Fixtures.Formats.StateTests;

/// <summary>The block that a state test's transaction runs in.</summary>
internal static class StateTestEnvironment
{
    /// <summary>The base fee of tests that were filled before there was one, run under later rules.</summary>
    private const ulong BaseFeeOfOldTests = 10;

    /// <summary>The rules of a fork at the block of a test.</summary>
    internal static ActiveRules RulesOf(string fork, JsonElement test)
    {
        JsonElement env = test.Field("env");
        return new NetworkSchedule(TestNetwork.Read(fork, test))
            .At(env.Number("currentNumber"), env.Number("currentTimestamp"), UInt256.MaxValue);
    }

    /// <summary>Reads the block.</summary>
    internal static BlockEnvironment Read(JsonElement test, ActiveRules rules)
    {
        JsonElement env = test.Field("env");
        ulong excessBlobGas = env.Number("currentExcessBlobGas", 0);
        return new BlockEnvironment
        {
            ChainId = test.TryField("config", out JsonElement config) ? config.Word("chainid", UInt256.One)
                : UInt256.One,
            Number = env.Number("currentNumber"),
            Timestamp = env.Number("currentTimestamp"),
            GasLimit = env.Number("currentGasLimit"),
            Beneficiary = env.Address("currentCoinbase"),
            Difficulty = rules.Rules.IsMerged ? UInt256.Zero : env.Word("currentDifficulty", UInt256.Zero),
            PrevRandao = env.TryField("currentRandom", out JsonElement random) ? random.Hash() : Hash256.Zero,
            BaseFee = rules.Rules.BaseFee is null ? UInt256.Zero : env.Word("currentBaseFee", BaseFeeOfOldTests),
            BlobBaseFee = rules.Blobs?.PriceOf(excessBlobGas) ?? UInt256.Zero,
            BlockHashes = InventedBlockHashes.Instance,
        };
    }

    /// <summary>Hashes of blocks that are not there: the digest of the number's decimal digits.</summary>
    /// <remarks>What every client gives in state and VM tests.</remarks>
    internal sealed class InventedBlockHashes : IBlockHashes
    {
        /// <summary>The only one that is needed.</summary>
        internal static InventedBlockHashes Instance { get; } = new();

        /// <inheritdoc/>
        public bool TryGet(ulong number, out Hash256 hash)
        {
            hash = Hash256.Keccak(Encoding.ASCII.GetBytes(number.ToString()));
            return true;
        }
    }
}
