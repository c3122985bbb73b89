using System.Text;
using Koinon.Chain;
using Koinon.Chain.Building;
using Koinon.Chain.Ledger;
using Koinon.Consensus;
using Koinon.Crypto;
using Koinon.Evm;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;

namespace Koinon.Benchmarks.Import;

/// <summary>Makes the chain whose import is measured: full blocks of payments and of transfers of a token.</summary>
/// <remarks>
/// Half of all receivers are new, so that state and tries grow as they do on a living chain. The same seed gives the
/// same chain.
/// </remarks>
internal static class ImportChain
{
    private const ulong ChainId = 1337;
    private const ulong GasLimit = 30_000_000;
    private const int Senders = 64;
    private const ulong TransferGas = 80_000;

    // One unit of a token from the caller to the word of the call data: two slots by the hash of the owner, one log.
    private const string TokenCode =
        "0x335f5260205f2080546001900390555f355f5260205f2080546001019055"
        + "60015f525f353360ff60205fa300";

    private static readonly Address Token = Address.Parse("0x00000000000000000000000000000000000c0de0");

    /// <summary>Writes <c>genesis.json</c> and <c>chain.rlp</c>.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="blocks">How many blocks of about 30 million gas.</param>
    public static void Write(string folder, int blocks)
    {
        Directory.CreateDirectory(folder);
        List<(byte[] Secret, Address Address)> senders = [.. Enumerable.Range(1, Senders).Select(Account)];
        string json = GenesisOf(senders.ConvertAll(static sender => sender.Address));
        File.WriteAllText(Path.Combine(folder, "genesis.json"), json);
        if (!Genesis.TryParse(Encoding.UTF8.GetBytes(json), out Genesis? genesis, out GenesisError? error))
        {
            throw new InvalidOperationException(error.ToString());
        }

        using ExecutionResources resources = new();
        using Ledger ledger = new(genesis, new Merged(new Ethash(caches: null)), resources);
        BlockBuilder builder = new(ledger);
        using FileStream chain = File.Create(Path.Combine(folder, "chain.rlp"));
        Random random = new(1);
        ulong[] nonces = new ulong[Senders];
        for (int i = 0; i < blocks; i++)
        {
            List<Transaction> transactions = [];
            for (ulong gas = 0; gas < GasLimit - TransferGas;)
            {
                int sender = random.Next(Senders);
                Transaction transaction = Sign(Next(random, nonces[sender]++), senders[sender].Secret);
                transactions.Add(transaction);
                gas += transaction.GasLimit;
            }

            BuildRequest request = new() { Timestamp = ledger.Head.Header.Timestamp + 12 };
            LedgerBlock block = builder.Build(ledger.Head, transactions, request, CancellationToken.None).Block!;
            if (block.Block.Transactions.Count != transactions.Count || !ledger.TryCommit(block))
            {
                throw new InvalidOperationException($"block {i + 1} does not hold what it should");
            }

            chain.Write(block.Block.Encode());
        }
    }

    private static Transaction Next(Random random, ulong nonce)
    {
        byte[] receiver = new byte[32];
        random.NextBytes(receiver.AsSpan(12));
        if (random.Next(2) == 0)
        {
            // One of a thousand who have received before.
            receiver.AsSpan(12, 18).Clear();
            receiver[30] &= 3;
        }

        bool isPayment = random.Next(100) < 40;
        return new Transaction
        {
            Type = TransactionType.DynamicFee,
            ChainId = ChainId,
            Nonce = nonce,
            GasLimit = isPayment ? 21_000 : TransferGas,
            MaxFeePerGas = 1_000_000_000_000ul,
            MaxPriorityFeePerGas = 1_000_000_000ul,
            To = isPayment ? new Address(receiver.AsSpan(12)) : Token,
            Value = isPayment ? 1u : 0u,
            Data = isPayment ? default : receiver,
        };
    }

    private static (byte[] Secret, Address Address) Account(int number)
    {
        byte[] secret = new byte[32];
        secret[^1] = (byte)number;
        byte[] key = new byte[64];
        Secp256k1.TryGetPublicKey(secret, key);
        byte[] digest = new byte[32];
        Keccak256.Hash(key, digest);
        return (secret, new Address(digest.AsSpan(12)));
    }

    private static Transaction Sign(Transaction transaction, byte[] secret)
    {
        byte[] signature = new byte[64];
        Hash256 hash = transaction.SigningHash;
        Secp256k1.TrySign(secret, Hash256.AsSpan(in hash), signature, out int recoveryId);
        UInt256 r = UInt256.FromBigEndian(signature.AsSpan(0, 32));
        UInt256 s = UInt256.FromBigEndian(signature.AsSpan(32));
        return transaction.WithSignature(new TransactionSignature((uint)recoveryId, r, s));
    }

    private static string GenesisOf(List<Address> senders)
    {
        string accounts = string.Concat(senders.Select(static sender =>
            $$"""
                "{{sender}}": { "balance": "0xd3c21bcecceda1000000000" },

            """));
        return $$"""
            {
              "config": {
                "chainId": {{ChainId}}, "homesteadBlock": 0, "eip150Block": 0, "eip155Block": 0, "eip158Block": 0,
                "byzantiumBlock": 0, "constantinopleBlock": 0, "petersburgBlock": 0, "istanbulBlock": 0,
                "berlinBlock": 0, "londonBlock": 0, "terminalTotalDifficulty": 0, "shanghaiTime": 0, "cancunTime": 0,
                "blobSchedule": { "cancun": { "target": 3, "max": 6, "baseFeeUpdateFraction": 3338477 } }
              },
              "difficulty": "0x0", "gasLimit": "0x{{GasLimit:x}}", "timestamp": "0x65000000",
              "alloc": {
            {{accounts}}    "{{Token}}": { "balance": "0x0", "code": "{{TokenCode}}" }
              }
            }

            """;
    }
}
