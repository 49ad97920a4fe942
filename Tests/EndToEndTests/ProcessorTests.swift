import Driver
import Testing

@Suite struct ProcessorTests {
  @Test func missingInstructionsAreNamed() {
    let able = "processor\t: 0\nflags\t\t: fpu sse2 avx fma avx2 bmi2\n\nprocessor\t: 1\n"
    #expect(missingInstructions(in: able) == [])
    #expect(missingInstructions(in: "processor\t: 0\nflags\t\t: fpu sse2 avx\n") == ["avx2", "fma"])
    #expect(missingInstructions(in: "flags\t\t: fpu avx2x fma\n") == ["avx2"])
  }

  /// A system that does not tell is believed able.
  @Test func silenceIsNoLack() {
    #expect(missingInstructions(in: "") == [])
    #expect(missingInstructions() == [])
  }
}
