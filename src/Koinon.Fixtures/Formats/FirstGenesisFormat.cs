using System.Text.Json;
using Koinon.Fixtures.Reading;
using Koinon.Primitives;
using Koinon.Primitives.Rlp;
using Koinon.State.Tries;

namespace Koinon.Fixtures.Formats;

/// <summary>Genesis blocks of the test networks of 2014: balances, and the bytes of the block.</summary>
/// <remarks>
/// Of that time: a header of thirteen fields with a lowest gas price, empty roots as empty strings, the state trie
/// keyed by the addresses themselves, and an account in its leaf as a list, not as a string that holds one. RLP, Keccak
/// and the hex-prefix form are those of today, and are what is tested.
/// </remarks>
internal sealed class FirstGenesisFormat : IFixtureFormat
{
    private const ulong Difficulty = 1 << 22;
    private const ulong LowestGasPrice = 1_000_000_000_000_000;
    private const ulong GasLimit = 1_000_000;
    private const byte NonceSeed = 42;

    /// <inheritdoc/>
    public bool Recognises(JsonElement root) =>
        root.ValueKind == JsonValueKind.Array && FormatList.FirstHas(root, "inputs", "result");

    /// <inheritdoc/>
    public void Run(FixtureContext context)
    {
        foreach (JsonElement test in context.Root.EnumerateArray())
        {
            JsonElement balances = test.Field("inputs");
            int count = 0;
            foreach (JsonProperty _ in balances.EnumerateObject())
            {
                count++;
            }

            context.Run($"{count} accounts", "", _ => RunCase(balances, test.Bytes("result")));
        }
    }

    private static CaseVerdict RunCase(JsonElement balances, byte[] expected)
    {
        RlpWriter writer = new(stackalloc byte[512]);
        int block = writer.BeginList();
        int header = writer.BeginList();
        writer.Write(Hash256.Zero);
        writer.Write(Hash256.Keccak([0xc0]));
        writer.Write(Address.Zero);
        writer.Write(StateRoot(balances));
        writer.Write([]);
        writer.Write(Difficulty);
        writer.Write(0UL);
        writer.Write(LowestGasPrice);
        writer.Write(GasLimit);
        writer.Write(0UL);
        writer.Write(0UL);
        writer.Write([]);
        writer.Write(Hash256.Keccak([NonceSeed]));
        writer.EndList(header);
        writer.WriteListHeader(0);
        writer.WriteListHeader(0);
        writer.EndList(block);
        CaseVerdict verdict = CaseVerdict.CompareBytes("genesis", expected, writer.Written);
        writer.Dispose();
        return verdict;
    }

    private static byte[] StateRoot(JsonElement balances)
    {
        List<(byte[] Nibbles, UInt256 Balance)> accounts = [];
        foreach (JsonProperty account in balances.EnumerateObject())
        {
            Address address = account.NameAsAddress();
            byte[] nibbles = new byte[2 * Address.Size];
            for (int i = 0; i < nibbles.Length; i++)
            {
                nibbles[i] = (byte)((Address.AsSpan(in address)[i / 2] >> (4 * (1 - (i & 1)))) & 15);
            }

            accounts.Add((nibbles, account.Value.Word()));
        }

        return accounts.Count == 0 ? [] : Digest(Encode(accounts, 0));
    }

    /// <summary>The node that holds accounts whose paths are the same up to a depth: a leaf, or a branch.</summary>
    private static byte[] Encode(List<(byte[] Nibbles, UInt256 Balance)> accounts, int depth)
    {
        RlpWriter writer = new(stackalloc byte[512]);
        int node = writer.BeginList();
        if (accounts.Count == 1)
        {
            writer.Write(HexPrefix.Encode(accounts[0].Nibbles.AsSpan(depth), isLeaf: true));
            int account = writer.BeginList();
            writer.Write(0UL);
            writer.Write(accounts[0].Balance);
            writer.Write([]);
            writer.Write([]);
            writer.EndList(account);
        }
        else
        {
            for (int nibble = 0; nibble < 16; nibble++)
            {
                List<(byte[] Nibbles, UInt256 Balance)> child = accounts.FindAll(a => a.Nibbles[depth] == nibble);
                if (child.Count == accounts.Count)
                {
                    throw new FixtureFormatException("two accounts begin alike: no such genesis was ever published");
                }

                writer.Write(child.Count == 0 ? [] : Digest(Encode(child, depth + 1)));
            }

            writer.Write([]);
        }

        writer.EndList(node);
        byte[] encoded = writer.Written.ToArray();
        writer.Dispose();
        return encoded;
    }

    private static byte[] Digest(byte[] bytes)
    {
        Hash256 hash = Hash256.Keccak(bytes);
        return Hash256.AsSpan(in hash).ToArray();
    }
}
