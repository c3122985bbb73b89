using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Primitives.Transactions;

namespace Koinon.Chain.Tests.Ledger;

/// <summary>Contracts that write one log of two topics, both of them words of the call data.</summary>
internal static class TestLogger
{
    // LOG2 of no data with the words at 0 and 32 for topics.
    private static readonly byte[] Code = Hex.Decode("0x60203560003560006000a200");

    public static Address AddressOf(int index) => Address.Parse($"0x00000000000000000000000000000000000100{index:x2}");

    public static Hash256 Topic(int value) => Hash256.FromWord((uint)value);

    /// <summary>Puts some of them into a genesis.</summary>
    public static void Deploy(StateChanges genesis)
    {
        Hash256 hash = Hash256.Keccak(Code);
        genesis.Codes[hash] = Code;
        for (int i = 0; i < 4; i++)
        {
            genesis.Of(AddressOf(i)).Account = new Account(1, UInt256.Zero, hash);
        }
    }

    public static Transaction Call(ulong nonce, int logger, int first, int second)
    {
        byte[] data = new byte[64];
        data[31] = (byte)first;
        data[63] = (byte)second;
        return TestChain.Alice.Pay(AddressOf(logger), nonce, data: data, gas: 100_000);
    }
}
