using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Koinon.Crypto;

/// <summary>SHA-256 of messages that come in pieces (FIPS 180-4, section 6.2), without an object for each.</summary>
/// <remarks>
/// For short messages: nonces of signatures, keys, requests of blocks. A mutable value: a copy goes on by itself. Start
/// with <see cref="Create"/>. Takes the same time for all messages of one length. The names are the standard's.
/// </remarks>
public unsafe struct Sha256
{
    /// <summary>Length of a digest in bytes.</summary>
    public const int HashBytes = 32;

    /// <summary>Length of a block in bytes.</summary>
    internal const int BlockBytes = 64;

    private const int Rounds = 64;
    private const int LengthBytes = 8;

    private fixed uint _state[8];
    private fixed byte _block[BlockBytes];
    private ulong _length;

    private static ReadOnlySpan<uint> InitialState =>
    [
        0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A,
        0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19,
    ];

    private static ReadOnlySpan<uint> Constants =>
    [
        0x428A2F98, 0x71374491, 0xB5C0FBCF, 0xE9B5DBA5, 0x3956C25B, 0x59F111F1,
        0x923F82A4, 0xAB1C5ED5, 0xD807AA98, 0x12835B01, 0x243185BE, 0x550C7DC3,
        0x72BE5D74, 0x80DEB1FE, 0x9BDC06A7, 0xC19BF174, 0xE49B69C1, 0xEFBE4786,
        0x0FC19DC6, 0x240CA1CC, 0x2DE92C6F, 0x4A7484AA, 0x5CB0A9DC, 0x76F988DA,
        0x983E5152, 0xA831C66D, 0xB00327C8, 0xBF597FC7, 0xC6E00BF3, 0xD5A79147,
        0x06CA6351, 0x14292967, 0x27B70A85, 0x2E1B2138, 0x4D2C6DFC, 0x53380D13,
        0x650A7354, 0x766A0ABB, 0x81C2C92E, 0x92722C85, 0xA2BFE8A1, 0xA81A664B,
        0xC24B8B70, 0xC76C51A3, 0xD192E819, 0xD6990624, 0xF40E3585, 0x106AA070,
        0x19A4C116, 0x1E376C08, 0x2748774C, 0x34B0BCB5, 0x391C0CB3, 0x4ED8AA4A,
        0x5B9CCA4F, 0x682E6FF3, 0x748F82EE, 0x78A5636F, 0x84C87814, 0x8CC70208,
        0x90BEFFFA, 0xA4506CEB, 0xBEF9A3F7, 0xC67178F2,
    ];

    /// <summary>An empty message.</summary>
    public static Sha256 Create()
    {
        Sha256 hash = default;
        InitialState.CopyTo(new Span<uint>(hash._state, 8));
        return hash;
    }

    /// <summary>Hashes a message at once.</summary>
    /// <param name="message">The message.</param>
    /// <param name="digest">Receives 32 bytes.</param>
    /// <exception cref="ArgumentException"><paramref name="digest"/> is shorter.</exception>
    public static void Hash(ReadOnlySpan<byte> message, Span<byte> digest)
    {
        Sha256 hash = Create();
        hash.Append(message);
        hash.Finish(digest);
    }

    /// <summary>Adds to the message.</summary>
    public void Append(ReadOnlySpan<byte> data)
    {
        int held = (int)(_length % BlockBytes);
        _length += (uint)data.Length;
        fixed (byte* block = _block)
        {
            Span<byte> rest = new Span<byte>(block, BlockBytes)[held..];
            if (data.Length < rest.Length)
            {
                data.CopyTo(rest);
                return;
            }

            if (held > 0)
            {
                data[..rest.Length].CopyTo(rest);
                data = data[rest.Length..];
                Compress(new ReadOnlySpan<byte>(block, BlockBytes));
            }

            while (data.Length >= BlockBytes)
            {
                Compress(data[..BlockBytes]);
                data = data[BlockBytes..];
            }

            data.CopyTo(new Span<byte>(block, BlockBytes));
        }
    }

    /// <summary>Ends the message and zeroes what was kept of it; the value is of no use afterwards.</summary>
    /// <param name="digest">Receives 32 bytes.</param>
    /// <exception cref="ArgumentException"><paramref name="digest"/> is shorter.</exception>
    public void Finish(Span<byte> digest)
    {
        if (digest.Length < HashBytes)
        {
            throw new ArgumentException(
                $"a digest has {HashBytes} bytes, there is room for {digest.Length}", nameof(digest));
        }

        ulong bits = _length * 8;
        int padding = BlockBytes - (int)((_length + LengthBytes) % BlockBytes);
        Span<byte> end = stackalloc byte[BlockBytes + LengthBytes];
        end = end[..(padding + LengthBytes)];
        end.Clear();
        end[0] = 0x80;
        BinaryPrimitives.WriteUInt64BigEndian(end[^sizeof(ulong)..], bits);
        Append(end);
        for (int i = 0; i < 8; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(digest[(i * sizeof(uint))..], _state[i]);
        }

        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(new Span<Sha256>(ref this)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Rotate(uint value, int by) => BitOperations.RotateRight(value, by);

    /// <summary>Takes one block in (section 6.2.2).</summary>
    [SkipLocalsInit]
    private void Compress(ReadOnlySpan<byte> block)
    {
        Span<uint> schedule = stackalloc uint[Rounds];
        for (int t = 0; t < 16; t++)
        {
            schedule[t] = BinaryPrimitives.ReadUInt32BigEndian(block[(t * sizeof(uint))..]);
        }

        for (int t = 16; t < schedule.Length; t++)
        {
            uint near = schedule[t - 2];
            uint far = schedule[t - 15];
            schedule[t] = (Rotate(near, 17) ^ Rotate(near, 19) ^ (near >> 10)) + schedule[t - 7]
                + (Rotate(far, 7) ^ Rotate(far, 18) ^ (far >> 3)) + schedule[t - 16];
        }

        uint a = _state[0], b = _state[1], c = _state[2], d = _state[3];
        uint e = _state[4], f = _state[5], g = _state[6], h = _state[7];
        ReadOnlySpan<uint> constants = Constants;
        for (int t = 0; t < schedule.Length; t++)
        {
            uint first = h + (Rotate(e, 6) ^ Rotate(e, 11) ^ Rotate(e, 25)) + ((e & f) ^ (~e & g))
                + constants[t] + schedule[t];
            uint second = (Rotate(a, 2) ^ Rotate(a, 13) ^ Rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
            h = g;
            g = f;
            f = e;
            e = d + first;
            d = c;
            c = b;
            b = a;
            a = first + second;
        }

        _state[0] += a;
        _state[1] += b;
        _state[2] += c;
        _state[3] += d;
        _state[4] += e;
        _state[5] += f;
        _state[6] += g;
        _state[7] += h;
        schedule.Clear();
    }
}
