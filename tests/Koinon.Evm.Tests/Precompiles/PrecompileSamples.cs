using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using Koinon.Crypto;
using Koinon.Primitives;

namespace Koinon.Evm.Tests.Precompiles;

/// <summary>Inputs that each precompile accepts, made from generators and signatures.</summary>
internal static class PrecompileSamples
{
    private const string BlsG1X =
        "17f1d3a73197d7942695638c4fa9ac0fc3688c4f9774b905a14e3a3f171bac586c55e83ff97a1aeffb3af00adb22c6bb";
    private const string BlsG1Y =
        "08b3f481e3aaa0f1a09e30ed741d8ae4fcf5e095d5d00af600db18cb2c04b3edd03cc744a2888ae40caa232946c5e7e1";
    private const string BlsG2X0 =
        "024aa2b2f08f0a91260805272dc51051c6e47ad4fa403b02b4510b647ae3d1770bac0326a805bbefd48056c8c121bdb8";
    private const string BlsG2X1 =
        "13e02b6052719f607dacd3a088274f65596bd0d09920b61ab5da61bbdc7f5049334cf11213945d57e5ac7d055d042b7e";
    private const string BlsG2Y0 =
        "0ce5d527727d6e118cc9cdc6da2e351aadfd9baa8cbdd3a76d429a695160d12c923ac9cc3baca289e193548608b82801";
    private const string BlsG2Y1 =
        "0606c4a02ea734cc32acd2b02bc28b99cb3e287e85a763af267492ab572e99ab3f370d275cec1da1aaa9075ff05f79be";

    private static readonly byte[] BlsG1 = [.. Padded(BlsG1X), .. Padded(BlsG1Y)];
    private static readonly byte[] BlsG2 = [.. Padded(BlsG2X0), .. Padded(BlsG2X1), .. Padded(BlsG2Y0),
        .. Padded(BlsG2Y1)];

    // The generators of EIP-197; of an element of the extension the imaginary part comes first.
    private static readonly byte[] BnG1 = [.. Word(1), .. Word(2)];
    private static readonly byte[] BnG2 =
    [
        .. Word("11559732032986387107991004021392285783925812861821192530917403151452391805634"),
        .. Word("10857046999023057135944570762232829481370756359578518086990519993285655852781"),
        .. Word("4082367875863433681332203403145435568316851327593401208105741076214120093531"),
        .. Word("8495653923123431417604973247489272438418190587263600148770280649306958101930"),
    ];

    /// <summary>Accepted inputs by the precompile's name.</summary>
    internal static byte[][] Of(string name) => name switch
    {
        "ECREC" => [Signature(), new byte[128]],
        "MODEXP" =>
        [
            [.. Word(1), .. Word(1), .. Word(1), 3, 5, 7],
            [.. Word(32), .. Word(8), .. Word(32), .. Word(BigInteger.Pow(2, 200) + 9), .. new byte[7], 17,
            .. Word(BigInteger.Pow(2, 255) - 19)],
            [.. Word(0), .. Word(0), .. Word(64), .. new byte[63], 96],
        ],
        "BN254_ADD" => [[.. BnG1, .. BnG1], [.. BnG1, .. new byte[64]], []],
        "BN254_MUL" => [[.. BnG1, .. Word(5)], [.. BnG1, .. Word(BigInteger.Pow(2, 256) - 1)], []],
        "BN254_PAIRING" => [[.. BnG1, .. BnG2], [.. BnG1, .. BnG2, .. new byte[64], .. BnG2], []],
        "BLAKE2F" => [[0, 0, 0, 12, .. new byte[208], 1], [0, 0, 0, 1, .. new byte[208], 0]],
        "KZG_POINT_EVALUATION" => [Evaluation()],
        "BLS12_G1ADD" => [[.. BlsG1, .. BlsG1], [.. BlsG1, .. new byte[128]]],
        "BLS12_G1MSM" => [[.. BlsG1, .. Word(7)], [.. BlsG1, .. Word(7), .. new byte[128], .. Word(9)]],
        "BLS12_G2ADD" => [[.. BlsG2, .. BlsG2], [.. BlsG2, .. new byte[256]]],
        "BLS12_G2MSM" => [[.. BlsG2, .. Word(7)], [.. BlsG2, .. Word(7), .. new byte[256], .. Word(9)]],
        "BLS12_PAIRING_CHECK" => [[.. BlsG1, .. BlsG2], [.. BlsG1, .. BlsG2, .. new byte[128], .. BlsG2]],
        "BLS12_MAP_FP_TO_G1" => [Padded(BlsG1X), new byte[64]],
        "BLS12_MAP_FP2_TO_G2" => [[.. Padded(BlsG1X), .. Padded(BlsG1Y)], new byte[128]],
        "P256VERIFY" => [Verification(), new byte[160]],
        _ => [[], [1, 2, 3], new byte[100]],
    };

    private static byte[] Signature()
    {
        byte[] hash = new byte[32];
        hash[5] = 77;
        byte[] signature = new byte[64];
        Assert.True(Secp256k1.TrySign(Word(12345), hash, signature, out int recoveryId));
        return [.. hash, .. Word(27 + recoveryId), .. signature];
    }

    private static byte[] Verification()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] hash = SHA256.HashData([1, 2, 3]);
        ECParameters parameters = key.ExportParameters(includePrivateParameters: false);
        return [.. hash, .. key.SignHash(hash), .. parameters.Q.X!, .. parameters.Q.Y!];
    }

    // The constant polynomial 5: at every point it is 5, and the proof is the point at infinity.
    private static byte[] Evaluation()
    {
        byte[] blob = new byte[131_072];
        for (int i = 31; i < blob.Length; i += 32)
        {
            blob[i] = 5;
        }

        byte[] commitment = new byte[48];
        Assert.True(Kzg.TryComputeCommitment(blob, commitment));
        byte[] versioned = SHA256.HashData(commitment);
        versioned[0] = 1;
        return [.. versioned, .. Word(3), .. Word(5), .. commitment, 0xc0, .. new byte[47]];
    }

    private static byte[] Word(string digits) => Word(BigInteger.Parse(digits, CultureInfo.InvariantCulture));

    private static byte[] Word(BigInteger value)
    {
        byte[] bytes = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[32 - bytes.Length], .. bytes];
    }

    private static byte[] Padded(string hex) => [.. new byte[16], .. Hex.Decode(hex)];
}
