using System.Buffers.Binary;
using Koinon.Crypto;

namespace Koinon.Evm.Precompiles;

/// <summary>The compression function of BLAKE2b (EIP-152): rounds, state, message, counter, final flag.</summary>
internal sealed class Blake2F() : Precompile("BLAKE2F", 9)
{
    private const int InputLength = 213;

    public override long Gas(ReadOnlySpan<byte> input) =>
        input.Length == InputLength ? BinaryPrimitives.ReadUInt32BigEndian(input) : 0;

    public override int OutputLengthMax(ReadOnlySpan<byte> input) => 64;

    public override bool TryRun(ReadOnlySpan<byte> input, Span<byte> output, out int written)
    {
        written = 0;
        if (input.Length != InputLength || input[212] > 1)
        {
            return false;
        }

        Span<ulong> state = stackalloc ulong[8];
        Span<ulong> message = stackalloc ulong[16];
        for (int i = 0; i < state.Length; i++)
        {
            state[i] = BinaryPrimitives.ReadUInt64LittleEndian(input[(4 + (8 * i))..]);
        }

        for (int i = 0; i < message.Length; i++)
        {
            message[i] = BinaryPrimitives.ReadUInt64LittleEndian(input[(68 + (8 * i))..]);
        }

        Blake2b.Compress(
            BinaryPrimitives.ReadUInt32BigEndian(input),
            state,
            message,
            BinaryPrimitives.ReadUInt64LittleEndian(input[196..]),
            BinaryPrimitives.ReadUInt64LittleEndian(input[204..]),
            input[212] == 1);
        for (int i = 0; i < state.Length; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(output[(8 * i)..], state[i]);
        }

        written = 64;
        return true;
    }
}
